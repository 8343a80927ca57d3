import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { removeDatabases, scratchDirectory } from '../testing/databases.ts';
import { type LogSteps, logStepsOf, moveLog } from './move-log.ts';

afterAll(removeDatabases);

/** A database whose log holds over 1,000 pages, with somebody who writes `meanwhile` during each pass over it. */
function longLog(meanwhile: number) {
  const path = join(scratchDirectory(), 'log.sqlite');
  const file = new SqliteDatabase(path);
  file.pragma('journal_mode = WAL');
  file.pragma('wal_autocheckpoint = 0');
  file.exec('create table rows (bytes blob)');
  const insert = file.prepare('insert into rows values (zeroblob(4000))');
  const write = (count: number) => {
    for (let row = 0; row < count; row += 1) insert.run();
  };
  write(650);
  const steps = logStepsOf(path);
  let passes = 0;
  const reader = new SqliteDatabase(path);
  const move = () => {
    // A pass moves what there was when it began; here that is what somebody else is still reading.
    reader.exec('begin');
    reader.prepare('select count(*) from rows').get();
    write(meanwhile);
    steps.move();
    reader.exec('commit');
    passes += 1;
  };
  return {
    write,
    steps: { ...steps, move },
    passes: () => passes,
    /** how many pages the log holds, moved or not */
    length: () => (file.pragma('wal_checkpoint(NOOP)') as { log: number }[])[0]?.log ?? 0,
    rows: () => file.prepare('select count(*) from rows').pluck().get(),
  };
}

/** How long the log is after the next write, having been moved by these steps. */
function lengthAfter(
  { write, steps, length }: ReturnType<typeof longLog>,
  otherwise: Partial<LogSteps> = {},
) {
  const before = length();
  expect(before).toBeGreaterThan(1000);
  moveLog({ ...steps, ...otherwise }, 1000);
  write(1);
  return { before, after: length() };
}

describe('a long log that is moved while somebody goes on writing', () => {
  it('begins anew with the next write (decision 0016)', () => {
    const log = longLog(5);
    expect(lengthAfter(log).after).toBeLessThan(10);
    expect(log.passes()).toBe(1);
    expect(log.rows()).toBe(650 + 5 + 1);
    // Without that last step it goes on growing.
    const growing = lengthAfter(longLog(5), { beginAnew: () => undefined });
    expect(growing.after).toBeGreaterThan(growing.before);
  });

  it('goes on as it is where more is written than there is time for, and nobody waits', () => {
    const log = longLog(300);
    const { before, after } = lengthAfter(log);
    expect(after).toBeGreaterThan(before);
    expect(log.passes()).toBe(4);
    expect(log.rows()).toBe(650 + 4 * 300 + 1);
  });

  it('is left alone while it is short', () => {
    const log = longLog(5);
    moveLog(log.steps, 100_000);
    expect(log.passes()).toBe(0);
  });
});
