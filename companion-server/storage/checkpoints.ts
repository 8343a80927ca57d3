import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Pages in the log that are not in the database yet, from which on it is worth moving them. */
const worthPages = 4000;
const bytesPerPage = 4096;
/** How long after a write the thread is told: often enough, and no write waits for it. */
const tellAfterMs = 50;

export type Checkpoints = {
  /** Says that something was written. */
  readonly written: () => void;
  readonly end: () => Promise<void>;
};

/**
 * Moves what was written from SQLite's log into the database at `path` in another thread: in this one it would take tens
 * of milliseconds, in which nobody is answered. The thread is made when the log is long for the first time. Where it
 * does not keep up, or is gone, the log's own ceiling (`wal_autocheckpoint`) holds.
 */
export function checkpointsOf(path: string): Checkpoints {
  let thread: Worker | undefined;
  let telling: NodeJS.Timeout | undefined;

  const isLong = () =>
    (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) >= worthPages * bytesPerPage;
  const tell = () => {
    telling = undefined;
    if (thread === undefined && isLong()) thread = startThread(path);
    thread?.postMessage('written');
  };
  return {
    written: () => {
      telling ??= setTimeout(tell, tellAfterMs).unref();
    },
    end: async () => {
      clearTimeout(telling);
      await thread?.terminate();
    },
  };
}

function startThread(path: string): Worker {
  // It lies beside this file, in the house as in the built program.
  const program = new URL(`./checkpoint-thread${extname(import.meta.url)}`, import.meta.url);
  const thread = new Worker(program, { workerData: { path, worthPages } });
  thread.unref();
  // What keeps it from its work keeps whoever writes past the ceiling from it too.
  return thread.on('error', () => undefined);
}
