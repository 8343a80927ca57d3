import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';

/*
 * A thread with a connection of its own. Each time it is told that something was written, it moves what lies in the log
 * into the database, if that is worth it: `checkpoints.ts`. No writer waits for what it locks.
 */
const { path, worthPages } = workerData as { readonly path: string; readonly worthPages: number };
const file = new SqliteDatabase(path);
file.pragma('synchronous = FULL');
// Tells how much there is, and does nothing.
const amount = file.prepare<[], { log: number; checkpointed: number }>('pragma wal_checkpoint(NOOP)');
const move = file.prepare('pragma wal_checkpoint(PASSIVE)');

parentPort?.on('message', () => {
  const { log = 0, checkpointed = 0 } = amount.get() ?? {};
  if (log - checkpointed >= worthPages) move.get();
});
