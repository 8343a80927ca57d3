import type { PassedCommit } from '../../shared/sync/passed-commits.ts';
import type { RecordState, Rows } from '../../shared/sync/storage.ts';
import { addToCardCount } from './card-count.ts';
import type { CardRow, OfferRow, Tables } from './database.ts';
import { type Pack, packedRows } from './packed-rows.ts';
import type { Table } from './table.ts';

/** What is kept in packs. A question to them is several to their table, so they are there inside a transaction alone. */
export type PackedTables = {
  /** their number is kept in `local`, which a transaction that changes them reaches too */
  readonly cards: Rows<CardRow>;
  readonly offers: Rows<OfferRow>;
  readonly records: Rows<RecordState>;
  readonly passed: Rows<PassedCommit>;
};

/** `inside`: the tables of a transaction; it names the packs of those that are asked. */
export function packedTables(inside: Tables): PackedTables {
  return {
    cards: packedIn(inside.cardPacks, (more) => addToCardCount(inside, more)),
    offers: packedIn(inside.offerPacks),
    records: packedIn(inside.recordPacks),
    passed: packedIn(inside.passedPacks),
  };
}

function packedIn<Row extends { readonly id: string }>(
  table: Table<Pack>,
  counted?: (more: number) => Promise<void>,
): Rows<Row> {
  const packs = {
    ids: () => table.keys(),
    get: table.bulkGet,
    upTo: table.lastUpTo,
    all: () => table.rows(),
    each: table.each,
    put: table.bulkPut,
    remove: table.bulkDelete,
  };
  return packedRows(packs, counted);
}
