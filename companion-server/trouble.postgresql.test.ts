import { afterAll, describe, expect, it } from 'vitest';
import { Learner } from './testing/learner.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';
import { causesIn, pushThrough, setReadOnly } from './testing/trouble.ts';

afterAll(endTestServers);

describe('a server whose PostgreSQL cannot be written (T29)', () => {
  it('asks to come again while it may only be read, has all as it was, and goes on', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' });
    const { database } = server;
    const readOnly = (isReadOnly: boolean) =>
      database.with((tables) => setReadOnly(tables, database.engine, isReadOnly));
    const through = await pushThrough(await Learner.create(server), 545, {
      begin: () => readOnly(true),
      end: () => readOnly(false),
    });
    expect(through).toEqual({
      statuses: [201, 503, 201],
      said: 'unavailable',
      comeAgain: '5',
      isKept: true,
      grown: [1, 1],
    });
    // read_only_sql_transaction
    expect(new Set(causesIn(server.logText()))).toEqual(new Set(['503 25006']));
  });
});
