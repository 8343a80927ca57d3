import type { Transaction } from 'dexie';
import type { PassedCommit } from '../../shared/sync/passed-commits.ts';
import type { RecordState, Rows } from '../../shared/sync/storage.ts';
import type { OfferRow } from './database.ts';
import type { Pack } from './packed-rows.ts';
import { packedIn } from './packed-tables.ts';

/** Up to version 2 each of these rows was a record of its own, and the rows of offers were named by `key`. */
type FormerOffer = Omit<OfferRow, 'id'> & { readonly key: string };

/** Takes them into packs, in the transaction that opens a database of an earlier version. */
export async function packFormerRows(opening: Transaction): Promise<void> {
  const former = <Row>(name: string) => opening.table<Row>(name).toArray();
  const into = <Row extends { readonly id: string }>(name: string): Rows<Row> =>
    packedIn(opening.table<Pack, string>(name));
  await into<RecordState>('recordPacks').put(await former('records'));
  await into<PassedCommit>('passedPacks').put(await former('passed'));
  const offers = await former<FormerOffer>('offers');
  await into<OfferRow>('offerPacks').put(offers.map(({ key, ...offer }) => ({ id: key, ...offer })));
}
