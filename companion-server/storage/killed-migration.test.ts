import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  copyOf,
  everyRow,
  faultsIn,
  newDatabase,
  removeDatabases,
  type TestDatabase,
  untilAlone,
} from '../testing/databases.ts';
import { commitPoints, type DyingPoint, noOrder, type Order } from '../testing/dying-order.ts';
import { buildServerProgram, type ServerProgram } from '../testing/server-process.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/registry.ts';
import { openStorage } from './open-storage.ts';

let program: ServerProgram;
beforeAll(async () => {
  program = await buildServerProgram('companion-server/testing/dying-server.ts');
});
afterEach(removeDatabases);
afterAll(() => program.remove());

/** A database as the first four migrations left it, with rows that the fifth moves. */
async function olderDatabase(): Promise<TestDatabase> {
  const database = await newDatabase('none');
  await database.with(async (tables) => {
    await migrate(tables, database.engine, migrations.slice(0, 4));
    for (const name of ['one', 'two', 'three'])
      await sql`insert into unlockers (account, id, recovery_kid, unlocker)
        values ('mia', ${name}, ${name === 'two' ? null : `key of ${name}`}, '{}')`.execute(tables);
    await sql`insert into documents (account, hash, media_type, length, bytes, arrived_at)
      values ('mia', 'hash', '', 0, '', '2099')`.execute(tables);
  });
  return database;
}

/** All there is: tables, their keys and indices, and every row. */
async function everythingIn(database: TestDatabase): Promise<readonly string[]> {
  const made = await database.with(async (tables) => {
    const { rows } =
      database.place.engine === 'sqlite'
        ? await sql<object>`select name, sql from sqlite_master`.execute(tables)
        : await sql<object>`
            select table_name || '.' || column_name as name, data_type, is_nullable
              from information_schema.columns where table_schema = 'public'
            union all select indexname, indexdef, '' from pg_indexes where schemaname = 'public'`.execute(
            tables,
          );
    return rows.map((row) => JSON.stringify(row));
  });
  return [...made, ...(await everyRow(database))].sort();
}

/** The server's start with the first transaction of it as the order says. */
const environment = (database: TestDatabase, order: Omit<Order, 'from'>) => ({
  ...database.environment,
  PORT: '0',
  FIRST_ORDER: JSON.stringify({ from: '', ...order }),
});

/** A start that nothing disturbs: how many statements it takes to migrate, and what is there then. */
async function undisturbed(database: TestDatabase) {
  const server = await program.start(environment(database, {}));
  const moments = (await server.tell(noOrder)) as readonly string[];
  await server.end('SIGKILL');
  await untilAlone(database);
  const statements = moments.filter((moment) => !moment.endsWith(' commit'));
  return { statements: statements.length, complete: await everythingIn(database) };
}

describe('a migration killed midway (T34)', () => {
  it.each([
    { from: 'nothing', make: () => newDatabase('none'), atLeast: 40, stride: 8 },
    { from: 'older tables with rows', make: olderDatabase, atLeast: 15, stride: 2 },
  ])(
    'from $from is not there at all, and complete when it is run again',
    async ({ make, atLeast, stride }) => {
      const prepared = await make();
      const { statements, complete } = await undisturbed(await copyOf(prepared));
      expect(statements).toBeGreaterThanOrEqual(atLeast);
      const within = Array.from({ length: Math.ceil(statements / stride) }, (_, index) => 1 + index * stride);
      for (const at of [...within, ...commitPoints] as readonly DyingPoint[]) {
        const database = await copyOf(prepared);
        const before = await everythingIn(database);
        const { code, stdout } = await program.run(environment(database, { at }));
        expect([code, stdout]).toEqual([null, expect.stringContaining('"event":"died"')]);
        await untilAlone(database);
        expect(await faultsIn(database)).toEqual([]);
        const found = await everythingIn(database);
        if (at === 'underway commit') expect([before, complete]).toContainEqual(found);
        else expect(found).toEqual(at === 'after commit' ? complete : before);
        await (await openStorage(database.place)).close();
        expect(await everythingIn(database)).toEqual(complete);
      }
    },
  );
});
