import type { PassedCommit } from '../../shared/sync/passed-commits.ts';
import type { RecordState, Rows } from '../../shared/sync/storage.ts';
import type { OfferRow, Tables } from './database.ts';
import { type Pack, packedRows } from './packed-rows.ts';
import type { Table } from './table.ts';

/** What is kept in packs. A question to them is several to their table, so they are there inside a transaction alone. */
export type PackedTables = {
  readonly offers: Rows<OfferRow>;
  readonly records: Rows<RecordState>;
  readonly passed: Rows<PassedCommit>;
};

/** `inside`: the tables of a transaction; it names the packs of those that are asked. */
export function packedTables(inside: Tables): PackedTables {
  return {
    offers: packedIn(inside.offerPacks),
    records: packedIn(inside.recordPacks),
    passed: packedIn(inside.passedPacks),
  };
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
