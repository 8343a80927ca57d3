import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Answer, page, type Route, readForm } from './answer.ts';
import { openAwards } from './awards.ts';
import { exhibits } from './gallery.ts';
import { learnerOf } from './learner.ts';
import { openMint } from './mint.ts';
import { misbehave } from './misbehave.ts';
import { messagePage } from './pages/message-page.ts';
import { routesOf } from './routes.ts';

export type SchoolOptions = {
  /** 0: any free port */
  readonly port: number;
  /** the origin that badges name, when it is not `http://localhost:` and the port */
  readonly origin?: string;
  /** keys and badges are kept here; without it they end with the school */
  readonly dataFolder?: string;
};

export type School = {
  readonly origin: string;
  readonly port: number;
  readonly close: () => Promise<void>;
};

/** Opens the school: a real issuer on this machine. Rejects when the port or the folder cannot be had. */
export async function startSchool(options: SchoolOptions): Promise<School> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const origin = options.origin ?? `http://localhost:${port}`;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  try {
    const awards = openAwards(options.dataFolder && join(options.dataFolder, 'awards'));
    const mint = await openMint(origin, options.dataFolder);
    const routes = routesOf({ origin, awards, mint });
    server.on('request', (request, response) => {
      respond(routes, request, response).catch((error: unknown) => {
        console.error(error);
        if (!response.headersSent)
          send(response, page(messagePage('Something broke', 'The school made a mistake.'), 500));
      });
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { origin, port, close };
}

async function respond(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://school.invalid').pathname;
  const method = request.method === 'POST' ? 'POST' : 'GET';
  const bad = exhibits.find((exhibit) => path === `/gallery/${exhibit.slug}/badge`)?.kind;
  if (bad !== undefined && 'misbehaves' in bad) {
    misbehave(bad.misbehaves, response);
    return;
  }
  if (request.method !== method && request.method !== 'HEAD') {
    send(response, page(messagePage('Not possible', 'This address takes no such request.'), 405));
    return;
  }
  const form = method === 'POST' ? await readForm(request) : new URLSearchParams();
  if (form === undefined) {
    send(response, page(messagePage('Too long', 'That was longer than any answer here needs to be.'), 413));
    return;
  }
  const learner = learnerOf(request.headers.cookie);
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match === null) continue;
    send(
      response,
      await route.answer({ method, path, form, learner }, { ...match.groups }),
      request.method === 'HEAD',
    );
    return;
  }
  send(response, page(messagePage('Nothing here', 'The school has no such page.'), 404));
}

function send(response: ServerResponse, answer: Answer, headOnly = false): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  response.writeHead(answer.status, {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Content-Length': body.length,
    ...answer.headers,
  });
  response.end(headOnly ? undefined : body);
}
