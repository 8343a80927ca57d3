import type { Table } from 'dexie';
import type { PassedCommit } from '../../shared/sync/passed-commits.ts';
import type { RecordState, Rows } from '../../shared/sync/storage.ts';
import type { BackpackDatabase, OfferRow } from './database.ts';
import { type Pack, type Packs, packedRows } from './packed-rows.ts';

/** What is kept in packs. Reading and writing each needs its table of packs in the caller's transaction, if there is one. */
export function offersIn(store: BackpackDatabase): Rows<OfferRow> {
  return packedIn(store.offerPacks);
}

export function recordsIn(store: BackpackDatabase): Rows<RecordState> {
  return packedIn(store.recordPacks);
}

export function passedIn(store: BackpackDatabase): Rows<PassedCommit> {
  return packedIn(store.passedPacks);
}

export function packedIn<Row extends { readonly id: string }>(table: Table<Pack, string>): Rows<Row> {
  const packs: Packs = {
    ids: () => table.toCollection().primaryKeys(),
    get: (ids) => table.bulkGet([...ids]),
    upTo: (id) => table.where(':id').belowOrEqual(id).last(),
    all: () => table.toArray(),
    each: (visit) => table.each(visit),
    put: async (packs) => {
      await table.bulkPut([...packs]);
    },
    remove: (ids) => table.bulkDelete([...ids]),
    // Async by its own keyword: only then does Dexie keep the transaction through every `await` inside.
    read: (work) => table.db.transaction('r', table, async () => work()),
    write: (work) => table.db.transaction('rw', table, async () => work()),
  };
  return packedRows(packs);
}
