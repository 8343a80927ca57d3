import { SqliteAdapter, sql } from 'kysely';
import type { Sha256 } from '../../shared/model/brands.ts';
import { keptQuery } from './kept-query.ts';
import type { KeptRecord, Log } from './storage.ts';
import type { Db, Tables } from './tables.ts';

export function log(db: Db): Log {
  return {
    append: async (account, { n, hash, token }, at) => {
      await appendCommit(db, account, n, hash, token, token.length, at);
    },

    findByHash: async (account, hash) => {
      const row = await db
        .selectFrom('commits')
        .select(['n', 'token'])
        .where('account', '=', account)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row === undefined ? undefined : { n: Number(row.n), hash, token: row.token };
    },

    weights: async (account, after, limit) => {
      const rows = await db
        .selectFrom('commits')
        .leftJoin('records', (join) =>
          join.onRef('records.account', '=', 'commits.account').onRef('records.n', '=', 'commits.n'),
        )
        .select(({ fn }) => [
          'commits.n as n',
          'commits.length as length',
          fn.count<number>('records.id').as('records'),
          fn.sum<number | null>('records.length').as('record_bytes'),
        ])
        .where('commits.account', '=', account)
        .where('commits.n', '>', after)
        .groupBy(['commits.n', 'commits.length'])
        .orderBy('commits.n')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        n: Number(row.n),
        length: row.length,
        records: Number(row.records),
        recordBytes: Number(row.record_bytes ?? 0),
      }));
    },

    commits: async (account, after, upTo) => {
      const rows = await db
        .selectFrom('commits')
        .select(['n', 'hash', 'token'])
        .where('account', '=', account)
        .where('n', '>', after)
        .where('n', '<=', upTo)
        .orderBy('n')
        .execute();
      return rows.map((row) => ({ n: Number(row.n), hash: row.hash as Sha256, token: row.token }));
    },

    recordsOf: async (account, after, upTo) => {
      const rows = await db
        .selectFrom('records')
        .select(['id', 'rev', 'bytes'])
        .where('account', '=', account)
        .where('n', '>', after)
        .where('n', '<=', upTo)
        // A record without bytes is a blob that is gone: the commit alone says so.
        .where('length', '>', 0)
        .orderBy('n')
        .orderBy('id')
        .execute();
      return rows.map(recordOf);
    },

    states: async (account, ids) => {
      if (ids.length === 0) return [];
      const isEmbedded = db.getExecutor().adapter instanceof SqliteAdapter;
      const { rows } = await (isEmbedded
        ? statesInList(db, account, ids)
        : statesByName(db, account, JSON.stringify(ids)));
      return rows.map((row) => ({ id: row.id as Sha256, rev: Number(row.rev), length: row.length }));
    },

    recordsByName: async (account, after, limit) => {
      const rows = await db
        .selectFrom('records')
        .select(['id', 'rev', 'length'])
        .where('account', '=', account)
        .where('id', '>', after)
        .where('length', '>', 0)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ id: row.id as Sha256, rev: Number(row.rev), length: row.length }));
    },

    record: async (account, id) => {
      const row = await db
        .selectFrom('records')
        .select(['id', 'rev', 'bytes'])
        .where('account', '=', account)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? undefined : recordOf(row);
    },

    putRecords: async (account, records) => {
      if (records.length === 0) return;
      const rows = records.map(
        ({ id, rev, hash, n, bytes }) => [id, rev, hash, n, bytes.length, bytes] as const,
      );
      await replaceRecords(db, account, rows);
    },
  };
}

function recordOf(row: { id: string; rev: number; bytes: Uint8Array }): KeptRecord {
  return { id: row.id as Sha256, rev: Number(row.rev), bytes: row.bytes };
}

const appendCommit = keptQuery(
  (db, account: string, n: number, hash: string, token: string, length: number, at: string) =>
    db.insertInto('commits').values({ account, n, hash, token, length, appended_at: at }),
);

/**
 * PostgreSQL looks for one after another by its key: of a list it would rather read all records of the account, as long as
 * it has not counted them, and keep to that. `offset 0` keeps it from making one question of the two.
 */
const statesByName = keptQuery((db, account: string, ids: string) => ({
  compile: () =>
    sql<RecordState>`
      select found.* from json_array_elements_text(${ids}::json) as named(id) cross join lateral (
        select id, rev, length from records where account = ${account} and records.id = named.id collate "C" offset 0
      ) as found`.compile(db),
}));

const statesInList = keptQuery((db, account: string, ids: readonly string[]) =>
  db
    .selectFrom('records')
    .select(['id', 'rev', 'length'])
    .where('account', '=', account)
    .where('id', 'in', ids),
);

type RecordState = Pick<Tables['records'], 'id' | 'rev' | 'length'>;

type RecordRow = readonly [
  id: string,
  rev: number,
  hash: string,
  n: number,
  length: number,
  bytes: Uint8Array,
];

/** The rows are replaced, so that superseded ciphertext is gone with the transaction. */
const replaceRecords = keptQuery((db, account: string, rows: readonly RecordRow[]) =>
  db
    .insertInto('records')
    .values(rows.map(([id, rev, hash, n, length, bytes]) => ({ account, id, rev, hash, n, length, bytes })))
    .onConflict((conflict) =>
      conflict.columns(['account', 'id']).doUpdateSet(({ ref }) => ({
        rev: ref('excluded.rev'),
        hash: ref('excluded.hash'),
        n: ref('excluded.n'),
        length: ref('excluded.length'),
        bytes: ref('excluded.bytes'),
      })),
    ),
);
