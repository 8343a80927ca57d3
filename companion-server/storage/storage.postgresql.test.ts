import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, instantOf, type Sha256 } from '../../shared/model/brands.ts';
import { ok } from '../../shared/model/result.ts';
import { newDatabase, removeDatabases, scratchDirectory, type TestDatabase } from '../testing/databases.ts';
import { keyedOtherwise } from '../testing/partition-by-account.ts';
import { log } from './log.ts';
import { openStorage } from './open-storage.ts';
import { snapshots } from './snapshots.ts';
import type { Storage } from './storage.ts';
import type { Db } from './tables.ts';

let kept: TestDatabase;
beforeEach(async () => {
  kept = await newDatabase();
});
afterEach(removeDatabases);

async function withStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await openStorage(kept.place);
  try {
    await work(storage);
  } finally {
    await storage.close();
  }
}

const soon: Instant = instantOf(60_000);
const count = (storage: Storage) =>
  storage.write(undefined, async ({ admission }) =>
    ok(await admission.count([{ name: 'c', windowEnds: soon }])),
  );
const counted = (storage: Storage) => storage.read(({ admission }) => admission.counted('c'));

const account = 'a' as Sha256;
const records = (count: number, n: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${n} ${String(index).padStart(2, '0')}` as Sha256,
    rev: 1,
    hash: 'h' as Sha256,
    n,
    bytes: new Uint8Array(1),
  }));

describe('records', () => {
  /** Asks again and again while the account grows, and says how many records were found at last and how many rows read for it. */
  const readWhen = (
    ask: (transaction: Db, named: readonly Sha256[]) => Promise<{ readonly length: number }>,
  ) =>
    kept.with((database) =>
      database.transaction().execute(async (transaction) => {
        const { putRecords } = log(transaction);
        const rowsRead = async () => {
          const { rows } = await sql<{ count: number }>`
            select sum(coalesce(idx_tup_fetch, 0) + seq_tup_read) as count from pg_stat_xact_user_tables
            where relname like 'records%'`.execute(transaction);
          return rows[0]?.count ?? 0;
        };
        const named = records(10, 1).map(({ id }) => id);
        // The database keeps to a plan that it has made several times.
        for (let n = 1; n <= 10; n += 1) {
          await putRecords(account, records(30, n));
          await ask(transaction, named);
        }
        for (let n = 11; n <= 30; n += 1) await putRecords(account, records(30, n));
        const before = await rowsRead();
        const found = await ask(transaction, named);
        return { found: found.length, rows: (await rowsRead()) - before };
      }),
    );

  it.each<[string, Parameters<typeof readWhen>[0]]>([
    ['a commit', async (db, named) => [...(await log(db).states(account, named)).keys()]],
    ['a device asks for', (db, named) => snapshots(db).bytesOf(account, named)],
  ])(
    'that %s names are found by their keys, however many the account has got since that was first asked',
    async (_, ask) => {
      expect(await readWhen(ask)).toEqual({ found: 10, rows: 10 });
    },
  );
});

describe('the tables in PostgreSQL', () => {
  it('compare texts as bytes, as SQLite does, whatever the language of the database (I10)', async () => {
    const { rows } = await kept.with((database) =>
      sql<{ name: string; collation: string | null }>`
        select table_name || '.' || column_name as name, collation_name as collation
        from information_schema.columns where table_schema = 'public' and data_type = 'text'`.execute(
        database,
      ),
    );
    expect(rows.length).toBeGreaterThan(30);
    // `migrations` holds names of ours alone.
    const others = rows.filter(({ collation }) => collation !== 'C').map(({ name }) => name);
    expect(others).toEqual(['migrations.name']);
  });

  it('have the account first in every key, but for those that are named with their reason', async () => {
    const { rows } = await kept.with((database) =>
      sql<{ table: string; columns: string }>`
        select t.relname as "table", pg_get_indexdef(i.indexrelid) as columns from pg_index i
        join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
        where n.nspname = 'public' and i.indisunique`.execute(database),
    );
    const free = rows.filter(
      ({ table, columns }) => !columns.includes(table === 'accounts' ? '(id' : '(account'),
    );
    expect([...new Set(free.map(({ table }) => table))].sort()).toEqual(Object.keys(keyedOtherwise).sort());
  });
});

describe('a write to PostgreSQL', () => {
  it('is tried again when it meets another, and counts once', async () => {
    await withStorage(async (storage) => {
      let runs = 0;
      const refusing = async () =>
        storage.write(undefined, async ({ admission }) => {
          runs += 1;
          const [amount] = await admission.count([{ name: 'c', windowEnds: soon }]);
          // What a transaction hears that met another in a circle.
          if (runs < 3)
            await kept.with((database) => sql`do $$ begin raise sqlstate '40P01'; end $$`.execute(database));
          return ok(amount);
        });
      expect(await refusing()).toEqual(ok(1));
      expect(runs).toBe(3);
      runs = -10;
      const refused = await refusing();
      expect(refused.ok ? 'counted' : refused.error.code).toBe('unavailable');
      expect(await counted(storage)).toBe(1);
    });
  });

  it('is refused as unavailable while the database only reads, and reads go on (T29)', async () => {
    await withStorage(async (storage) => expect(await count(storage)).toEqual(ok([1])));
    const setReadOnly = (isOn: boolean) =>
      kept.with(async (database) => {
        const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database);
        await sql`set default_transaction_read_only = off`.execute(database);
        await sql`alter database ${sql.ref(rows[0]?.name ?? '')} set default_transaction_read_only = ${sql.raw(isOn ? 'on' : 'off')}`.execute(
          database,
        );
      });
    await setReadOnly(true);
    const place = kept.place;
    const storage = await openStorage(place).catch((error: unknown) => error);
    // It cannot even look for migrations by a transaction that writes: the start says so.
    expect(storage).toBeInstanceOf(Error);
    await setReadOnly(false);
    await withStorage(async (again) => {
      await setReadOnly(true);
      await kept.with((database) => dropConnections().execute(database));
      const refused = await count(again);
      expect(refused.ok ? 'counted' : refused.error.code).toBe('unavailable');
      expect(await counted(again)).toBe(1);
      await setReadOnly(false);
      await kept.with((database) => dropConnections().execute(database));
      expect(await count(again)).toEqual(ok([2]));
    });
  });

  it('goes on by itself after all connections were lost, in the midst of a transaction too', async () => {
    await withStorage(async (storage) => {
      expect(await count(storage)).toEqual(ok([1]));
      const lost = await storage.write(undefined, async ({ admission }) => {
        await admission.count([{ name: 'c', windowEnds: soon }]);
        await kept.with((database) => dropConnections().execute(database));
        return ok(await admission.count([{ name: 'c', windowEnds: soon }]));
      });
      expect(lost.ok ? 'counted' : lost.error.code).toBe('unavailable');
      // Neither a question alone nor a transaction takes note of it when nothing was asked meanwhile.
      expect(await storage.ask(({ admission }) => admission.counted('c'))).toBe(1);
      await kept.with((database) => dropConnections().execute(database));
      expect(await storage.ask(({ admission }) => admission.counted('c'))).toBe(1);
      await kept.with((database) => dropConnections().execute(database));
      expect(await count(storage)).toEqual(ok([2]));
      expect(await counted(storage)).toBe(2);
    });
  });

  const canMount = process.getuid?.() === 0 && mounts();

  it.runIf(canMount)('that finds the disk full is undone, said so, and possible again (T29)', async () => {
    const disk = scratchDirectory();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=777', 'tmpfs', disk]);
    try {
      const folder = `${disk}/tables`;
      mkdirSync(folder);
      await kept.with(async (database) => {
        const { rows } = await sql<{ folder: string }>`show data_directory`.execute(database);
        const { uid, gid } = statSync(String(Object.values(rows[0] ?? {})[0]));
        chownSync(folder, uid, gid);
        await sql`create tablespace small location ${sql.lit(folder)}`.execute(database);
        await sql`alter table documents set tablespace small`.execute(database);
        // Noise does not shrink, and what is long lies in a table of its own, which moves along.
      });
      await withStorage(async (storage) => {
        const put = (name: string, bytes: Uint8Array) =>
          storage.write(undefined, async ({ published }) =>
            ok(
              await published.putDocument(
                'a' as Sha256,
                { hash: name as Sha256, mediaType: '', bytes },
                soon,
              ),
            ),
          );
        const noise = crypto.getRandomValues(new Uint8Array(60_000));
        expect(await put('small', noise)).toEqual(ok(true));
        const refused = await put('large', Buffer.concat(Array.from({ length: 60 }, () => noise)));
        expect(refused.ok ? 'stored' : refused.error.code).toBe('quota');
        const look = (name: string) =>
          storage.read(({ published }) => published.document('a' as Sha256, name as Sha256));
        expect(await look('large')).toBe(undefined);
        expect((await look('small'))?.bytes.length).toBe(60_000);
        execFileSync('mount', ['-o', 'remount,size=32m', disk]);
        expect((await put('large', Buffer.concat(Array.from({ length: 60 }, () => noise)))).ok).toBe(true);
      });
      await kept.with(async (database) => {
        await sql`drop table documents`.execute(database);
        await sql`drop tablespace small`.execute(database);
      });
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});

function dropConnections() {
  return sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
}

/** Whether a disk of a size of our choosing can be had here. */
function mounts(): boolean {
  const folder = scratchDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  }
}
