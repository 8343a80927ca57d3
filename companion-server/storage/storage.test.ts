import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, instantOf, type Kid, type Sha256 } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { migrate, NewerDatabase } from './migrate.ts';
import { columnTypes, type Migration } from './migrations/migration.ts';
import { migrations } from './migrations/registry.ts';
import { openStorage, storageOf } from './open-storage.ts';
import { openSqlite } from './sqlite.ts';
import type { Storage } from './storage.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'backpack-storage-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function withStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await openStorage(directory);
  try {
    await work(storage);
  } finally {
    await storage.close();
  }
}

const kid = 'k'.repeat(43) as Kid;
const at = (seconds: number): Instant => instantOf(seconds * 1000);
const remember = (storage: Storage, jti: string) =>
  storage.write(async ({ admission }) => ok(await admission.rememberRequest(kid, jti, at(600))));

describe('a write', () => {
  it('leaves no trace when its work fails or throws', async () => {
    await withStorage(async (storage) => {
      const refused = await storage.write(async ({ admission }) => {
        await admission.rememberRequest(kid, 'a', at(600));
        return failed(new BackpackError('quota'));
      });
      expect(refused.ok).toBe(false);
      await expect(
        storage.write(async ({ admission }) => {
          await admission.rememberRequest(kid, 'b', at(600));
          throw new Error('fault');
        }),
      ).rejects.toThrow('fault');
      expect(await remember(storage, 'a')).toEqual(ok(true));
      expect(await remember(storage, 'b')).toEqual(ok(true));
      expect(await remember(storage, 'b')).toEqual(ok(false));
    });
  });

  it('is there for the next one who opens the storage', async () => {
    await withStorage(async (storage) => void (await remember(storage, 'a')));
    await withStorage(async (storage) => expect(await remember(storage, 'a')).toEqual(ok(false)));
  });

  it('waits for another process’s, and sees what it wrote', async () => {
    const [one, two] = await Promise.all([openStorage(directory), openStorage(directory)]);
    const counts = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).write(async ({ admission }) => ok(await admission.count('c', at(60)))),
      ),
    );
    const numbers = counts.map((count) => (count.ok ? count.value : 0)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    await Promise.all([one.close(), two.close()]);
  });

  it('that finds the disk full is undone, said so, and possible again when there is space (T29)', async () => {
    await withStorage(async (storage) => {
      await remember(storage, 'kept');
    });
    const database = openSqlite(directory);
    const pages = async () =>
      Number((await sql<{ page_count: number }>`pragma page_count`.execute(database)).rows[0]?.page_count);
    await sql.raw(`pragma max_page_count = ${await pages()}`).execute(database);
    const storage = storageOf(database);
    const fill = (name: string) =>
      storage.write(async ({ published }) => {
        const document = { hash: name as Sha256, mediaType: '', bytes: new Uint8Array(100_000) };
        return ok(await published.putDocument('a' as Sha256, document, at(1)));
      });
    const refused = await fill('one');
    expect(refused.ok ? 'stored' : refused.error.code).toBe('quota');
    expect(await storage.read(({ published }) => published.document('a' as Sha256, 'one' as Sha256))).toBe(
      undefined,
    );
    expect(await remember(storage, 'kept')).toEqual(ok(false));
    await sql.raw('pragma max_page_count = 1000000').execute(database);
    expect(await fill('one')).toEqual(ok(true));
    await storage.close();
  });

  it('forgets what is over when it is swept, and nothing else', async () => {
    await withStorage(async (storage) => {
      await remember(storage, 'a');
      await storage.write(async ({ admission }) => ok(await admission.count('c', at(60))));
      const sweep = (now: Instant) => storage.write(async ({ admission }) => ok(await admission.sweep(now)));
      await sweep(at(599));
      expect(await remember(storage, 'a')).toEqual(ok(false));
      expect(await storage.read(({ admission }) => admission.counted('c'))).toBe(0);
      await sweep(at(600));
      expect(await remember(storage, 'a')).toEqual(ok(true));
    });
  });
});

describe('checks of published badges', () => {
  it('are leased to one worker at a time, and again when the lease runs out', async () => {
    await withStorage(async (storage) => {
      const account = 'a'.repeat(43) as Sha256;
      const [one, two] = ['1'.repeat(43) as Sha256, '2'.repeat(43) as Sha256];
      await storage.write(async ({ checks }) => ok(await checks.schedule(account, [one, two], at(10))));
      const lease = async (now: number) => {
        const leased = await storage.write(async ({ checks }) =>
          ok(await checks.lease(at(now), at(now + 60), 1)),
        );
        return leased.ok ? leased.value.map(({ document }) => document) : [];
      };
      expect(await lease(9)).toEqual([]);
      const taken = [...(await lease(10)), ...(await lease(11))];
      expect(taken.sort()).toEqual([one, two]);
      expect(await lease(12)).toEqual([]);
      expect(await lease(70)).toHaveLength(1);
      const done = { account, document: one, checkedAt: at(71), result: '{}' };
      await storage.write(async ({ checks }) => ok(await checks.finish(done, at(1000))));
      await storage.write(async ({ checks }) =>
        ok(await checks.finish({ ...done, document: two }, at(2000))),
      );
      expect(await lease(999)).toEqual([]);
      expect(await lease(1000)).toEqual([one]);
    });
  });
});

describe('migrations', () => {
  const broken: Migration = {
    name: '9999-broken',
    up: async (schema) => {
      await schema.createTable('half').addColumn('id', 'text').execute();
      throw new Error('killed midway');
    },
  };

  it('are numbered in order, each once', () => {
    const names = migrations.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
    for (const [index, name] of names.entries())
      expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z-]+$`));
  });

  it('run once, whoever comes first, and leave nothing of one that failed', async () => {
    const opened = await Promise.all([
      openStorage(directory),
      openStorage(directory),
      openStorage(directory),
    ]);
    await Promise.all(opened.map((storage) => storage.close()));
    const database = openSqlite(directory);
    expect(await migrate(database, columnTypes.sqlite, migrations)).toEqual([]);
    await expect(migrate(database, columnTypes.sqlite, [...migrations, broken])).rejects.toThrow(
      'killed midway',
    );
    const { rows } = await sql<{ name: string }>`select name from sqlite_master where name = 'half'`.execute(
      database,
    );
    expect(rows).toEqual([]);
    const mended = {
      ...broken,
      up: async (schema: Parameters<Migration['up']>[0]) =>
        schema.createTable('half').addColumn('id', 'text').execute(),
    };
    expect(await migrate(database, columnTypes.sqlite, [...migrations, mended])).toEqual(['9999-broken']);
    // An older server does not touch what a newer one has written.
    await expect(migrate(database, columnTypes.sqlite, migrations)).rejects.toThrow(NewerDatabase);
    await database.destroy();
  });

  it('leave a database that loses nothing acknowledged', async () => {
    const database = openSqlite(directory);
    const pragma = async (name: string) =>
      (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(database)).rows[0];
    expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(await pragma('synchronous')).toEqual({ synchronous: 2 });
    await database.destroy();
  });
});
