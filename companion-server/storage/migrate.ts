import { type Kysely, sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { Migration } from './migrations/migration.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the tables up to date, all in one transaction that holds them from its first statement: of several processes
 * starting at once one migrates and the others then find nothing to do, and one killed midway leaves no trace.
 */
export async function migrate(
  database: Kysely<Tables>,
  engine: Engine,
  registry: readonly Migration[],
): Promise<readonly string[]> {
  return database.transaction().execute(async (transaction) => {
    await engine.holdTables(transaction);
    await sql`create table if not exists migrations (name text primary key)`.execute(transaction);
    const { rows } = await sql<{ name: string }>`select name from migrations`.execute(transaction);
    const done = new Set(rows.map(({ name }) => name));
    const ahead = rows.find(({ name }) => !registry.some((migration) => migration.name === name));
    if (ahead !== undefined) throw new NewerDatabase(ahead.name);
    const due = registry.filter(({ name }) => !done.has(name));
    for (const migration of due) {
      await migration.up(transaction.schema, engine.types, (statement) => statement.execute(transaction));
      await sql`insert into migrations (name) values (${migration.name})`.execute(transaction);
    }
    return due.map(({ name }) => name);
  });
}

/** The database was written by a later version of this server, which this one must not touch. */
export class NewerDatabase extends Error {}
