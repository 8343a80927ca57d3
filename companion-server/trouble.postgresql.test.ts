import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { Learner } from './testing/learner.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';
import { causesIn, pushThrough } from './testing/trouble.ts';

afterAll(endTestServers);

describe('a server whose PostgreSQL cannot be written (T29)', () => {
  it('asks to come again while it may only be read, has all as it was, and goes on', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' });
    /** For every connection from now on; those there are are ended. */
    const setReadOnly = (value: 'on' | 'off') =>
      server.database.with(async (tables) => {
        await sql`set default_transaction_read_only = off`.execute(tables);
        await sql`do $$ begin execute format(
          'alter database %I set default_transaction_read_only = ${sql.raw(value)}', current_database()); end $$`.execute(
          tables,
        );
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(tables);
      });
    const through = await pushThrough(await Learner.create(server), 545, {
      begin: () => setReadOnly('on'),
      end: () => setReadOnly('off'),
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
