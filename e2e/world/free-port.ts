import { type AddressInfo, createServer } from 'node:net';
import { until } from '../browsers/browser.ts';

/** A port that was free a moment ago. Needed where an origin has to be known before the program listens. */
export function freePort(): Promise<number> {
  return tryPort(0);
}

/** Longest wait for somebody else to be done: long enough for another run of the same story. */
const longestWaitMs = 100_000;

/**
 * Waits until a port is free that no other can stand in for. It should lie below those that the system gives out by
 * itself (32768 and more on Linux), so that only a program that means it ever has it.
 */
export async function untilFree(port: number, why: string): Promise<void> {
  await until(`port ${port} is free`, async () => (await tryPort(port)) === port, longestWaitMs).catch(
    (cause: unknown) => {
      throw new Error(`Port ${port} is in use by another program, and ${why}. End that program.`, { cause });
    },
  );
}

async function tryPort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted);
  await new Promise((done, fail) => server.once('listening', done).once('error', fail));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
