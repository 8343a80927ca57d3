import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { instantOf, type Sha256 } from '../../shared/model/brands.ts';
import { ok } from '../../shared/model/result.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { storageOf } from './open-storage.ts';

afterEach(removeDatabases);

describe('the embedded database', () => {
  it('loses nothing acknowledged when the power is cut', async () => {
    const kept = await newDatabase();
    await kept.with(async (database) => {
      const pragma = async (name: string) =>
        (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(database)).rows[0];
      expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
      expect(await pragma('synchronous')).toEqual({ synchronous: 2 });
    });
  });
});

const account = 'a' as Sha256;
const document = { hash: 'one' as Sha256, mediaType: '', bytes: new Uint8Array(100_000) };

describe('a write to the embedded database', () => {
  it('that finds the disk full is undone, said so, and possible again when there is space (T29)', async () => {
    const kept = await newDatabase();
    await kept.with(async (database) => {
      const storage = storageOf(database, kept.engine);
      const fill = () =>
        storage.write(undefined, async ({ published }) =>
          ok(await published.putDocument(account, document, instantOf(1))),
        );
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database);
      await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(database);
      const refused = await fill();
      expect(refused.ok ? 'stored' : refused.error.code).toBe('quota');
      expect(await storage.read(({ published }) => published.document(account, document.hash))).toBe(
        undefined,
      );
      await sql.raw('pragma max_page_count = 1000000').execute(database);
      expect(await fill()).toEqual(ok(true));
    });
  });

  it('that may only be read is refused as unavailable, and reads go on (T29)', async () => {
    const kept = await newDatabase();
    await kept.with(async (database) => {
      const storage = storageOf(database, kept.engine);
      const count = () =>
        storage.write(undefined, async ({ admission }) =>
          ok(await admission.count([{ name: 'c', windowEnds: instantOf(60_000) }])),
        );
      expect(await count()).toEqual(ok([1]));
      await sql`pragma query_only = on`.execute(database);
      const refused = await count();
      expect(refused.ok ? 'counted' : refused.error.code).toBe('unavailable');
      expect(await storage.read(({ admission }) => admission.counted('c'))).toBe(1);
      await sql`pragma query_only = off`.execute(database);
      expect(await count()).toEqual(ok([2]));
    });
  });
});
