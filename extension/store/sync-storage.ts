import type { Table } from 'dexie';
import type { Clock } from '../../shared/model/effects.ts';
import type { Rows, SyncStorage, SyncTables } from '../../shared/sync/storage.ts';
import { type BackpackDatabase, database } from './database.ts';
import { passedIn, recordsIn } from './packed-tables.ts';
import { presentIn } from './present-in.ts';
import { docTables, putDocs } from './write-docs.ts';

/** The learner's database as syncing sees it. What it writes into `docs` shows in lists in the same transaction. */
export function syncStorage(clock: Clock, store: BackpackDatabase = database): SyncStorage {
  const tables: SyncTables = {
    docs: { ...rowsOf(store.docs), put: (docs) => putDocs(store, docs, clock()) },
    dirty: rowsOf(store.dirty),
    records: recordsIn(store),
    blobs: rowsOf(store.blobs),
    outbox: rowsOf(store.outbox),
    link: rowsOf(store.link),
    passed: passedIn(store),
  };
  const all = [...docTables(store), store.recordPacks, store.outbox, store.passedPacks];
  return {
    // Async by its own keyword: only then does Dexie keep the transaction through every `await` inside.
    read: (work) => store.transaction('r', all, async () => work(tables)),
    write: (work) => store.transaction('rw', all, async () => work(tables)),
  };
}

function rowsOf<Id extends string, Row extends { readonly id: Id }>(table: Table<Row, Id>): Rows<Row> {
  // The ids that syncing asks for are of its own making; Dexie wants their exact type.
  const keys = (ids: readonly string[]): Id[] => ids as Id[];
  const keysUpTo = async (most: number) => table.toCollection().limit(most).primaryKeys();
  return {
    get: async (ids) => {
      const asked = await presentIn(keys(ids), keysUpTo);
      const rows = asked.length === 0 ? [] : await table.bulkGet([...asked]);
      if (asked.length === ids.length) return rows;
      const found = new Map(asked.map((id, index): [string, Row | undefined] => [id, rows[index]]));
      return ids.map((id) => found.get(id));
    },
    put: async (rows) => {
      await table.bulkPut([...rows]);
    },
    remove: async (ids) => {
      const present = await presentIn(keys(ids), keysUpTo);
      if (present.length > 0) await table.bulkDelete([...present]);
    },
    list: async (limit) => table.orderBy(':id').limit(limit).toArray(),
    each: async (visit) => {
      await table.each(visit);
    },
    keys: async () => table.toCollection().primaryKeys(),
  };
}
