import SqliteDatabase from 'better-sqlite3';

/** What can be done with the log of a database: how many of its pages are left to move, and moving them. */
export type LogSteps = {
  readonly left: () => number;
  /** moves what is there, without a lock that a writer waits for */
  readonly move: () => void;
  /** moves the rest, and has the next write begin the log anew; where somebody writes or reads just now, nothing */
  readonly beginAnew: () => void;
};

/** Moved in a millisecond or two. */
const littlePages = 200;
/** Most passes, each over what was written during the one before it. */
const maxPasses = 4;

/** Moves the log into the database, if that is worth it. No writer waits for what it locks, but for the last little. */
export function moveLog({ left, move, beginAnew }: LogSteps, worthPages: number): void {
  if (left() < worthPages) return;
  for (let passes = 0; passes < maxPasses && left() > littlePages; passes += 1) move();
  // A log that begins anew is written over: the disk need not note a new length with each write.
  if (left() <= littlePages) beginAnew();
}

/** The steps over a connection of their own to the database at `path`. */
export function logStepsOf(path: string): LogSteps {
  // Where somebody writes or reads just now, the log goes on as it is, and may begin anew the next time.
  const file = new SqliteDatabase(path, { timeout: 2 });
  file.pragma('synchronous = FULL');
  // Tells how much there is, and does nothing.
  const amount = file.prepare<[], { log: number; checkpointed: number }>('pragma wal_checkpoint(NOOP)');
  const move = file.prepare('pragma wal_checkpoint(PASSIVE)');
  const beginAnew = file.prepare('pragma wal_checkpoint(RESTART)');
  return {
    left: () => {
      const { log = 0, checkpointed = 0 } = amount.get() ?? {};
      return log - checkpointed;
    },
    move: () => void move.get(),
    beginAnew: () => void beginAnew.get(),
  };
}
