import type { PassedCommit } from '../../shared/sync/passed-commits.ts';
import type { RecordState, Rows } from '../../shared/sync/storage.ts';
import type { OfferRow } from './database.ts';
import type { Pack } from './packed-rows.ts';
import { packedIn } from './packed-tables.ts';
import { type Ask, tableOver } from './table.ts';

/** Up to version 2 each of these rows was a record of its own, and the rows of offers were named by `key`. */
type FormerOffer = Omit<OfferRow, 'id'> & { readonly key: string };

/** Takes them into packs while a database of an earlier version is opened. `tables`: those it has and will not have. */
export async function packFormerRows(tables: readonly string[], ask: Ask): Promise<void> {
  const former = async <Row>(name: string): Promise<readonly Row[]> =>
    tables.includes(name) ? tableOver<Row>(name, ask).rows() : [];
  const into = <Row extends { readonly id: string }>(name: string): Rows<Row> =>
    packedIn(tableOver<Pack>(name, ask));
  await into<RecordState>('recordPacks').put(await former('records'));
  await into<PassedCommit>('passedPacks').put(await former('passed'));
  const offers = await former<FormerOffer>('offers');
  await into<OfferRow>('offerPacks').put(offers.map(({ key, ...offer }) => ({ id: key, ...offer })));
}
