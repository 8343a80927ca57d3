import { parentPort, workerData } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';

/*
 * A thread with a connection of its own. Each time it is told that something was written, it moves what lies in the log
 * into the database, if that is worth it: `checkpoints.ts`. No writer waits for what it locks, but for the last little.
 */
const { path, worthPages } = workerData as { readonly path: string; readonly worthPages: number };
/** Moved in a millisecond or two. */
const littlePages = 200;
/** Most passes, each over what was written during the one before it. */
const maxPasses = 4;
// Where somebody writes or reads just now, the log goes on as it is, and may begin anew the next time.
const file = new SqliteDatabase(path, { timeout: 2 });
file.pragma('synchronous = FULL');
// Tells how much there is, and does nothing.
const amount = file.prepare<[], { log: number; checkpointed: number }>('pragma wal_checkpoint(NOOP)');
const move = file.prepare('pragma wal_checkpoint(PASSIVE)');
const moveAndBeginAnew = file.prepare('pragma wal_checkpoint(RESTART)');

parentPort?.on('message', () => {
  if (left() < worthPages) return;
  for (let passes = 0; passes < maxPasses && left() > littlePages; passes += 1) move.get();
  // A log that begins anew is written over: the disk need not note a new length with each write.
  if (left() <= littlePages) moveAndBeginAnew.get();
});

function left(): number {
  const { log = 0, checkpointed = 0 } = amount.get() ?? {};
  return log - checkpointed;
}
