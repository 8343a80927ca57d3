import type { Identity } from '../../shared/model/badge.ts';
import type { Sha256 } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { joinBlob } from '../../shared/sync/blobs.ts';
import { type DocId, exists, fieldOf } from '../../shared/sync/doc.ts';
import type { OfferStanding } from '../channel.ts';
import { type BackpackDatabase, type CardRow, database, type Tables } from './database.ts';
import { docsOfKind } from './docs-of-kind.ts';
import { type KeptBadge, type KeptOffer, keptBadgeOf, keptOfferOf } from './kept-badge.ts';
import { rowsIn } from './packed-rows.ts';
import { isShownOnPage, keptProfileOf, profileDocId } from './profile-doc.ts';

/** Reading for pages: every function may stand inside a live query. */

/** All that is kept, newest first. */
export async function readCards(store: Tables = database): Promise<readonly CardRow[]> {
  const packs = await store.cardPacks.rows();
  return packs
    .flatMap((pack) => rowsIn<CardRow>(pack))
    .sort((a, b) => (a.kept < b.kept || (a.kept === b.kept && a.id < b.id) ? 1 : -1));
}

export async function readBadge(id: DocId, store: Tables = database): Promise<KeptBadge | undefined> {
  const row = await store.docs.get(id);
  return row === undefined ? undefined : keptBadgeOf(row);
}

export async function readKeptOffer(id: DocId, store: Tables = database): Promise<KeptOffer | undefined> {
  const row = await store.docs.get(id);
  return row === undefined ? undefined : keptOfferOf(row);
}

/** The exact bytes kept under a hash; `undefined` while parts of them have not come yet. */
export async function readBlob(hash: Sha256, store: Tables = database): Promise<Bytes | undefined> {
  return joinBlob(await store.blobs.rows({ beginning: `${hash}|` }));
}

/** The addresses that the learner says are his own. */
export async function readIdentities(store: Tables = database): Promise<readonly Identity[]> {
  const rows = await docsOfKind(store, 'email');
  return rows.flatMap((doc) => {
    const type = fieldOf(doc, 'type');
    const value = fieldOf(doc, 'value');
    return exists(doc) && typeof type === 'string' && typeof value === 'string' ? [{ type, value }] : [];
  });
}

/** Whether each of these offers was met before, in their order: one question for all of a page. */
export async function standingsOf(
  keys: readonly string[],
  store: BackpackDatabase = database,
): Promise<readonly OfferStanding[]> {
  const rows = await store.read(['offerPacks'], ({ offers }) => offers.get(keys));
  return rows.map((row) => row?.standing ?? 'new');
}

/** Badges removed on this device within the last day, newest first: each can be restored. */
export async function readRemoved(store: Tables = database): Promise<readonly KeptBadge[]> {
  const rows = await store.removed.rows({ index: 'at' });
  return rows.reverse().flatMap(({ doc }) => keptBadgeOf(doc) ?? []);
}

/** What lists know of one badge: whose it is stands there alone. */
export async function readCard(id: DocId, store: Tables = database): Promise<CardRow | undefined> {
  return rowsIn<CardRow>(await store.cardPacks.lastUpTo(id)).find((card) => card.id === id);
}

/** Whether the learner's published page shows a badge, as far as this device knows. */
export async function readIsPublished(id: DocId, store: Tables = database): Promise<boolean> {
  return isShownOnPage(keptProfileOf(await store.docs.get(profileDocId)), id);
}
