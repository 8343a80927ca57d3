import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Misbehaviour } from './gallery.ts';
import { misbehave } from './misbehave.ts';

/** A request as it reached the server. */
export type Seen = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders };

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** A server under a test's command: it answers exactly what it was told, and remembers every request. */
export type HostileIssuer = {
  readonly origin: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  /** requests for one path, in their order */
  readonly seenAt: (path: string) => readonly Seen[];
  /** a web page with this head and body */
  readonly page: (path: string, markup: { readonly head?: string; readonly body?: string }) => string;
  readonly file: (path: string, body: string | Uint8Array, mediaType: string, status?: number) => string;
  readonly bad: (path: string, how: Misbehaviour) => string;
  readonly redirect: (path: string, to: string) => string;
  readonly answer: (path: string, respond: Respond) => string;
  readonly close: () => Promise<void>;
};

/** One offer tag, with its content escaped. */
export function offerTag(content: string, attributes: Readonly<Record<string, string>> = {}): string {
  const others = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  return `<meta name="openbadges:offer" content="${escapeAttribute(content)}"${others.join('')}>`;
}

export async function startHostileIssuer(): Promise<HostileIssuer> {
  const seen: Seen[] = [];
  const answers = new Map<string, Respond>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    seen.push({ method: request.method ?? '', path, headers: request.headers });
    const respond = answers.get(path.split('?')[0] ?? path);
    if (respond === undefined)
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Nothing is here.');
    else respond(request, response);
  });
  server.listen(0);
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  const answer = (path: string, respond: Respond): string => {
    answers.set(path, respond);
    return `${origin}${path}`;
  };
  const file = (path: string, body: string | Uint8Array, mediaType: string, status = 200): string =>
    answer(path, (_, response) => response.writeHead(status, { 'Content-Type': mediaType }).end(body));
  return {
    origin,
    port,
    seen,
    seenAt: (path) => seen.filter((one) => one.path === path),
    page: (path, { head = '', body = '' }) =>
      file(
        path,
        `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`,
        'text/html; charset=utf-8',
      ),
    file,
    bad: (path, how) => answer(path, (_, response) => misbehave(how, response)),
    redirect: (path, to) => answer(path, (_, response) => response.writeHead(302, { Location: to }).end()),
    answer,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.codePointAt(0)};`);
}
