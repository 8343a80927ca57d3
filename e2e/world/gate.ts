import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How far a request comes: not to the server, to it and not back, or back in part. */
export type Passage = 'asked' | 'answered' | 'half answered';

/** Stands before a server. All passes, but for the one request that a test has it stop. */
export type Gate = {
  readonly origin: string;
  readonly leadTo: (port: number) => void;
  /** `METHOD /path` of all that came, in their order */
  readonly seen: readonly string[];
  /** Stops the first coming request of that `METHOD /path` there, for good; resolves once it has come so far. */
  readonly stop: (which: RegExp, passage: Passage) => Promise<void>;
  readonly close: () => Promise<void>;
};

type Stop = { readonly which: RegExp; readonly passage: Passage; readonly told: () => void };

export async function openGate(): Promise<Gate> {
  const seen: string[] = [];
  let target = 0;
  let stop: Stop | undefined;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const name = `${request.method} ${request.url}`;
    seen.push(name);
    const mine = stop?.which.test(name) === true ? stop : undefined;
    if (mine !== undefined) stop = undefined;
    const body = await bytesOf(request);
    if (mine?.passage === 'asked') return mine.told();
    const answer = await answerOf(target, request, body);
    const bytes = await bytesOf(answer);
    if (mine?.passage === 'answered') return mine.told();
    response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
    if (mine === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, bytes.length / 2), mine.told);
  };
  const server = createServer((request, response) => {
    // Whoever asks may be killed meanwhile, and so may be whoever is asked.
    pass(request, response).catch(() => response.destroy());
  });
  server.listen(0);
  await new Promise((done) => server.once('listening', done));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    leadTo: (port) => {
      target = port;
    },
    seen,
    stop: (which, passage) =>
      new Promise((told) => {
        stop = { which, passage, told };
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function answerOf(port: number, { method, url, headers }: IncomingMessage, body: Buffer) {
  return new Promise<IncomingMessage>((done, fail) => {
    const asked = ask({ port, method, path: url, headers }, done);
    asked.once('error', fail);
    asked.end(body);
  });
}
