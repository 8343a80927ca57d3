import type { Sha256 } from '../../shared/model/brands.ts';
import type { RecordEntry } from '../../shared/sync/commit.ts';
import type { Snapshots } from './storage.ts';
import type { Db } from './tables.ts';

export function snapshots(db: Db): Snapshots {
  return {
    of: async (account) => {
      const row = await db
        .selectFrom('snapshots')
        .select(['n', 'kept_from'])
        .where('account', '=', account)
        .executeTakeFirst();
      return row === undefined ? undefined : { n: Number(row.n), keptFrom: Number(row.kept_from) };
    },

    records: async (account) => {
      const rows = await db
        .selectFrom('records')
        .select(['id', 'rev', 'hash', 'length'])
        .where('account', '=', account)
        .execute();
      return rows.map(entryOf);
    },

    take: async (account, n) => {
      await db
        .insertInto('snapshots')
        .values({ account, n, kept_from: 0 })
        .onConflict((conflict) => conflict.column('account').doUpdateSet({ n }))
        .execute();
      await db.deleteFrom('snapshot_records').where('account', '=', account).execute();
      // Within the database: the rows of a long list need not come here and go back.
      await db
        .insertInto('snapshot_records')
        .columns(['account', 'id', 'rev', 'hash', 'length'])
        .expression(
          db
            .selectFrom('records')
            .select(['account', 'id', 'rev', 'hash', 'length'])
            .where('account', '=', account),
        )
        .execute();
    },

    entries: async (account, after, limit) => {
      const rows = await db
        .selectFrom('snapshot_records as found')
        .innerJoin('records', (join) =>
          join.onRef('records.account', '=', 'found.account').onRef('records.id', '=', 'found.id'),
        )
        .select(['found.id as id', 'found.rev as rev', 'found.hash as hash', 'found.length as length'])
        .select('records.rev as now')
        .where('found.account', '=', account)
        .where('found.id', '>', after)
        .orderBy('found.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...entryOf(row), isCurrent: Number(row.now) === Number(row.rev) }));
    },

    bytesOf: async (account, ids) => {
      const [first, last] = [ids[0], ids.at(-1)];
      if (first === undefined || last === undefined) return [];
      const rows = await db
        .selectFrom('records')
        .select(['id', 'rev', 'bytes'])
        .where('account', '=', account)
        // PostgreSQL may read all between these, and takes out the others: never all of the account (see `log.ts`).
        .where('id', '>=', first)
        .where('id', '<=', last)
        .where('id', 'in', ids)
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ id: row.id as Sha256, rev: Number(row.rev), bytes: row.bytes }));
    },

    drop: async (account, n, arrivedBefore, needed) => {
      const kept = await db
        .selectFrom('commits')
        .select('n')
        .where('account', '=', account)
        .where('n', '<', n)
        .where('n', '>', 0)
        .where('appended_at', '>=', arrivedBefore)
        .orderBy('n')
        .executeTakeFirst();
      // A clock that jumped leaves no gaps: from the first that is kept on, all are.
      const from = Number(kept?.n ?? n);
      const dropped = await db
        .deleteFrom('commits')
        .where('account', '=', account)
        .where('n', '>', 0)
        .where('n', '<', from)
        .where('hash', 'not in', needed)
        .executeTakeFirst();
      if (dropped.numDeletedRows === 0n) return;
      await db.updateTable('snapshots').set({ kept_from: from }).where('account', '=', account).execute();
    },
  };
}

function entryOf(row: { id: string; rev: number; hash: string; length: number }): RecordEntry {
  return { id: row.id as Sha256, rev: Number(row.rev), h: row.hash as Sha256, len: row.length };
}
