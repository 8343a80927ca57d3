import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { inject } from 'vitest';
import type { DatabasePlace, Engine } from '../storage/engine.ts';
import { engineOf, openStorage } from '../storage/open-storage.ts';
import type { Tables } from '../storage/tables.ts';
import { runOn } from './postgres-cluster.ts';

/*
 * Every test that keeps anything asks here for its database. Which engine that is, the run says: each such test is run
 * once for every engine (vitest.config.ts), and knows nothing of it.
 */

declare module 'vitest' {
  interface ProvidedContext {
    readonly engine: DatabasePlace['engine'];
    readonly cluster: { readonly folder: string; readonly template: string };
  }
}

export type TestDatabase = {
  /** what a server is started with to use it */
  readonly environment: { readonly DATA_DIR: string; readonly DATABASE_URL?: string };
  readonly place: DatabasePlace;
  readonly engine: Engine;
  /** the bare tables, for what no request could do */
  readonly with: <Value>(work: (database: Kysely<Tables>) => Promise<Value>) => Promise<Value>;
  /** all that was written down for it: files of the database, of the write-ahead log, of the server */
  readonly everythingWritten: () => Promise<Buffer>;
};

const directories: string[] = [];
const databases: string[] = [];

/** A folder that `removeDatabases` removes. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'backpack-server-'));
  directories.push(directory);
  return directory;
}

/** An empty database of this run's engine. `tables`: made already. */
export async function newDatabase(tables: 'made' | 'none' = 'made'): Promise<TestDatabase> {
  const directory = scratchDirectory();
  const place: DatabasePlace =
    inject('engine') === 'sqlite'
      ? { engine: 'sqlite', location: directory }
      : {
          engine: 'postgresql',
          location: await databaseLike(tables === 'made' ? inject('cluster').template : 'template0'),
        };
  if (place.engine === 'sqlite' && tables === 'made') await (await openStorage(place)).close();
  return testDatabase(directory, place);
}

/** Another database with all that is in this one, which nobody uses now. */
export async function copyOf({ environment, place }: TestDatabase): Promise<TestDatabase> {
  const directory = scratchDirectory();
  if (place.engine === 'sqlite') {
    cpSync(environment.DATA_DIR, directory, { recursive: true });
    return testDatabase(directory, { engine: 'sqlite', location: directory });
  }
  const location = await databaseLike(new URL(place.location).pathname.slice(1));
  return testDatabase(directory, { engine: 'postgresql', location });
}

function testDatabase(directory: string, place: DatabasePlace): TestDatabase {
  const { engine, location } = place;
  return {
    environment: { DATA_DIR: directory, ...(engine === 'postgresql' ? { DATABASE_URL: location } : {}) },
    place,
    engine: engineOf(place),
    with: (work) => withTables(place, work),
    everythingWritten: async () => {
      const files = filesBelow(directory);
      const elsewhere = engine === 'postgresql' ? await filesOfPostgres(place) : [];
      return Buffer.concat([...files, ...elsewhere].map((file) => readFileSync(file)));
    },
  };
}

export async function removeDatabases(): Promise<void> {
  for (const name of databases.splice(0))
    await runOn(addressOf('postgres'), `drop database ${name} with (force)`);
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** Every row of every table, whatever tables there are, as one text each. */
export async function everyRow(database: TestDatabase): Promise<readonly string[]> {
  return database.with(async (tables) => {
    const rows: string[] = [];
    for (const { name } of await tables.introspection.getTables()) {
      const found = await sql<object>`select * from ${sql.table(name)}`.execute(tables);
      for (const row of found.rows)
        rows.push(JSON.stringify([name, row], (_, value) => (isBytes(value) ? textOf(value) : value)));
    }
    return rows;
  });
}

/** Waits until what a process that is gone has asked for is done or undone: PostgreSQL goes on a moment without it. */
export async function untilAlone(database: TestDatabase): Promise<void> {
  if (database.place.engine === 'sqlite') return;
  await database.with(async (tables) => {
    for (;;) {
      const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(tables);
      if (rows.length === 0) return;
      await pause(5);
    }
  });
}

/** What SQLite finds wrong with its file. PostgreSQL was not killed itself, and has no such question. */
export async function faultsIn(database: TestDatabase): Promise<readonly string[]> {
  if (database.place.engine !== 'sqlite') return [];
  return database.with(async (tables) => {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(tables);
    return rows.map(({ integrity_check }) => integrity_check).filter((words) => words !== 'ok');
  });
}

async function withTables<Value>(
  { engine, location }: DatabasePlace,
  work: (database: Kysely<Tables>) => Promise<Value>,
): Promise<Value> {
  const dialect = engineOf({ engine, location }).dialect(location);
  const database = new Kysely<Tables>({ dialect });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

async function databaseLike(template: string): Promise<string> {
  const name = `backpack_${randomBytes(8).toString('hex')}`;
  databases.push(name);
  await runOn(addressOf('postgres'), `create database ${name} template ${template}`);
  return addressOf(name);
}

function addressOf(name: string): string {
  return `postgres:///${name}?host=${encodeURIComponent(inject('cluster').folder)}&user=postgres`;
}

/** The database's own files and the newest of the write-ahead log, once all of it is on the disk. */
async function filesOfPostgres(place: DatabasePlace): Promise<readonly string[]> {
  const { oid, segment } = await withTables(place, async (database) => {
    await sql`checkpoint`.execute(database);
    const { rows } = await sql<{ oid: number; segment: string }>`
      select oid, pg_walfile_name(pg_current_wal_lsn()) as segment from pg_database
      where datname = current_database()`.execute(database);
    return rows[0] ?? { oid: 0, segment: '' };
  });
  const files = join(inject('cluster').folder, 'data');
  return [...filesBelow(join(files, 'base', String(oid))), join(files, 'pg_wal', segment)];
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));
}

function isBytes(value: unknown): value is { readonly type: 'Buffer'; readonly data: readonly number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
}

function textOf({ data }: { readonly data: readonly number[] }): string {
  return Buffer.from(data).toString('latin1');
}
