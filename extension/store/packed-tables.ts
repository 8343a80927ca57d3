import type { PassedCommit } from '../../shared/sync/passed-commits.ts';
import type { RecordState, Rows } from '../../shared/sync/storage.ts';
import type { OfferRow, Tables } from './database.ts';
import { type Pack, packedRows } from './packed-rows.ts';
import type { Table } from './table.ts';

/** What is kept in packs: asked inside a transaction that names its table of packs. */
export function offersIn(inside: Tables): Rows<OfferRow> {
  return packedIn(inside.offerPacks);
}

export function recordsIn(inside: Tables): Rows<RecordState> {
  return packedIn(inside.recordPacks);
}

export function passedIn(inside: Tables): Rows<PassedCommit> {
  return packedIn(inside.passedPacks);
}

export function packedIn<Row extends { readonly id: string }>(table: Table<Pack>): Rows<Row> {
  return packedRows({
    ids: () => table.keys(),
    get: table.bulkGet,
    upTo: table.lastUpTo,
    all: () => table.rows(),
    each: table.each,
    put: table.bulkPut,
    remove: table.bulkDelete,
  });
}
