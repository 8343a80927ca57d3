import type { PassedCommit } from '../../shared/sync/passed-commits.ts';
import type { RecordState } from '../../shared/sync/storage.ts';
import type { CardRow, OfferRow } from './database.ts';
import type { PackedTables } from './packed-tables.ts';
import { type Ask, tableOver } from './table.ts';

/**
 * Up to version 30 each card was a record of its own, and up to version 20 each of the other rows; then those of offers
 * were named by `key`.
 */
type FormerOffer = Omit<OfferRow, 'id'> & { readonly key: string };

/** Takes them into packs while a database of an earlier version is opened. `former`: the tables that end with it. */
export async function packFormerRows(
  former: readonly string[],
  ask: Ask,
  { cards, records, passed, offers }: PackedTables,
): Promise<void> {
  const rowsOf = async <Row>(name: string): Promise<readonly Row[]> =>
    former.includes(name) ? tableOver<Row>(name, ask).rows() : [];
  await cards.put(await rowsOf<CardRow>('cards'));
  await records.put(await rowsOf<RecordState>('records'));
  await passed.put(await rowsOf<PassedCommit>('passed'));
  const some = await rowsOf<FormerOffer>('offers');
  await offers.put(some.map(({ key, ...offer }) => ({ id: key, ...offer })));
}
