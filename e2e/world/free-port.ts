import { createServer } from 'node:net';
import { until } from '../browsers/browser.ts';

// Below those that the system gives out by itself (32768 and more on Linux): what a program let go of in order to start
// again is taken by nobody meanwhile. Each worker of a run has a part of its own, and begins somewhere in it, since
// there may be another run on this machine.
const partOfWorker = 400;
const first = 25_000 + (Number(process.env['TEST_PARALLEL_INDEX'] ?? 0) % 19) * partOfWorker;
let tried = process.pid;

/** A port that is free, and not given out again soon. Needed where an origin has to be known before the program listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < partOfWorker; tries += 1) {
    tried += 1;
    const port = first + (tried % partOfWorker);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${first} on is free.`);
}

/** Longest wait for somebody else to be done: long enough for another run of the same story. */
const longestWaitMs = 300_000;

/** Starts what needs a port that no other can stand in for, once nobody else has it. */
export async function onceFree<Started>(port: number, start: () => Promise<Started>): Promise<Started> {
  return until(`port ${port} is free`, start, longestWaitMs).catch((cause: unknown) => {
    throw new Error(`Port ${port} is in use by another program, and no other will do. End that program.`, {
      cause,
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, () => server.close(() => done(true)));
  });
}
