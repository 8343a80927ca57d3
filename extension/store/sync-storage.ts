import type { Clock } from '../../shared/model/effects.ts';
import type { Rows, SyncStorage, SyncTables } from '../../shared/sync/storage.ts';
import { type BackpackDatabase, database, type TableName, type TransactionTables } from './database.ts';
import { presentIn } from './present-in.ts';
import type { Table } from './table.ts';
import { docTables, putDocs } from './write-docs.ts';

/** The learner's database as syncing sees it. What it writes into `docs` shows in lists in the same transaction. */
export function syncStorage(clock: Clock, store: BackpackDatabase = database): SyncStorage {
  const tablesOf = (inside: TransactionTables): SyncTables => ({
    docs: { ...rowsOf(inside.docs), put: (docs) => putDocs(inside, docs, clock()) },
    dirty: rowsOf(inside.dirty),
    records: inside.records,
    blobs: rowsOf(inside.blobs),
    outbox: rowsOf(inside.outbox),
    link: rowsOf(inside.link),
    passed: inside.passed,
  });
  return {
    read: (work) => store.read(all, (inside) => work(tablesOf(inside))),
    write: (work) => store.write(all, (inside) => work(tablesOf(inside))),
  };
}

const all: readonly TableName[] = [...docTables, 'recordPacks', 'outbox', 'passedPacks'];

function rowsOf<Id extends string, Row extends { readonly id: Id }>(table: Table<Row, Id>): Rows<Row> {
  // The ids that syncing asks for are of its own making; the table wants their exact type.
  const keys = (ids: readonly string[]): Id[] => ids as Id[];
  const keysUpTo = (most: number) => table.keys({ limit: most });
  return {
    get: async (ids) => {
      const asked = await presentIn(keys(ids), keysUpTo);
      const rows = asked.length === 0 ? [] : await table.bulkGet(asked);
      if (asked.length === ids.length) return rows;
      const found = new Map(asked.map((id, index): [string, Row | undefined] => [id, rows[index]]));
      return ids.map((id) => found.get(id));
    },
    put: table.bulkPut,
    remove: async (ids) => {
      const present = await presentIn(keys(ids), keysUpTo);
      if (present.length > 0) await table.bulkDelete(present);
    },
    list: (limit) => table.rows({ limit }),
    each: table.each,
    keys: () => table.keys(),
  };
}
