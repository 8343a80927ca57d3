import { cp } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type Companion, startCompanion } from './companion.ts';
import { freePort } from './free-port.ts';

/** One companion server to look at; from `fork` on there are two behind it, which tell different stories. */
export type ForkingCompanion = Companion & {
  /** the device with this key is served by the second from now on, everybody else by the first */
  readonly fork: (kid: string) => Promise<void>;
};

export async function startForkingCompanion(issuers: readonly string[]): Promise<ForkingCompanion> {
  const port = await freePort();
  const ports: number[] = [];
  let served: string | undefined;
  let isStarting = false;
  // A server that is starting is asked without a name whether it is there.
  const portFor = (kid: unknown) => {
    const [first = 0, second = first] = ports;
    const isOfSecond = kid === undefined ? isStarting : kid === served;
    return isOfSecond ? second : first;
  };
  const proxy = createServer((asked, answer) => pass(asked, answer, portFor(kidOf(asked))));
  await new Promise<void>((done) => proxy.listen(port, done));
  const gate = { origin: `http://localhost:${port}`, leadTo: (behind: number) => void ports.push(behind) };
  const first = await startCompanion(issuers, { gate });
  let second: Companion | undefined;
  return {
    ...first,
    fork: async (kid) => {
      await first.stop();
      const dataDirectory = `${first.dataDirectory}-fork`;
      await cp(first.dataDirectory, dataDirectory, { recursive: true });
      await first.start();
      isStarting = true;
      second = await startCompanion(issuers, { dataDirectory, gate });
      isStarting = false;
      served = kid;
    },
    remove: async () => {
      proxy.closeAllConnections();
      await new Promise((done) => proxy.close(done));
      await first.remove();
      await second?.remove();
    },
  };
}

/** Who has signed a request, as it says; whoever visits a page says nothing. */
function kidOf({ headers }: IncomingMessage): unknown {
  const token = headers.authorization?.split(' ')[1]?.split('.')[0] ?? '';
  if (token === '') return undefined;
  const header: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  return typeof header === 'object' && header !== null && 'kid' in header ? header.kid : undefined;
}

function pass(asked: IncomingMessage, answer: ServerResponse, port: number): void {
  const { method, headers, url } = asked;
  const passed = request({ port, method, path: url, headers, agent: false }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
    given.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}
