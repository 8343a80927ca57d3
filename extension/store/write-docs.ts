import type { Instant } from '../../shared/model/brands.ts';
import { type Doc, type DocId, exists } from '../../shared/sync/doc.ts';
import { readIdentities } from './badges.ts';
import { cardOf } from './card-of.ts';
import type { BackpackDatabase } from './database.ts';
import { keptBadgeOf, keptOfferOf } from './kept-badge.ts';

/** The tables that writing documents touches: every transaction that calls `putDocs` names them. */
export function docTables(store: BackpackDatabase) {
  return [
    store.docs,
    store.dirty,
    store.blobs,
    store.cards,
    store.offers,
    store.removed,
    store.local,
    store.link,
  ];
}

/**
 * Writes documents with all that follows from them, inside the caller's transaction: cards, the memory of claimed
 * offers, and, of what ceased to exist, a copy that its removal can be undone from. Whoever writes `docs` does it here,
 * a learner's change and a page of the log alike.
 */
export async function putDocs(store: BackpackDatabase, docs: readonly Doc[], now: Instant): Promise<void> {
  const before = await store.docs.bulkGet(docs.map(({ id }) => id));
  await store.docs.bulkPut([...docs]);
  const identities = await readIdentities(store);
  const gone: DocId[] = [];
  for (const [index, doc] of docs.entries()) {
    const earlier = before[index];
    if (exists(doc)) {
      const card = await cardOf(doc, identities);
      if (card !== undefined) await store.cards.put(card);
      await rememberOffer(store, doc, now);
    } else {
      gone.push(doc.id);
      if (earlier !== undefined && exists(earlier) && canComeBack(earlier))
        await store.removed.put({ id: doc.id, doc: earlier, at: now });
    }
  }
  await store.cards.bulkDelete(gone);
  await store.removed.bulkDelete(docs.filter(exists).map(({ id }) => id));
  if (docs.some(({ t }) => t === 'email')) await matchAgain(store);
}

/** Writes documents that the server does not have yet. The mark tells a push whether they changed since. */
export async function putChangedDocs(
  store: BackpackDatabase,
  docs: readonly Doc[],
  mark: string,
  now: Instant,
): Promise<void> {
  await putDocs(store, docs, now);
  await store.dirty.bulkPut(docs.map(({ id }) => ({ id, mark })));
}

/** What the learner can bring back for a day after it was removed. */
function canComeBack(doc: Doc): boolean {
  return doc.t === 'badge' || doc.t === 'offer' || doc.t === 'collection';
}

/** A badge that came from another device makes its offer nothing new here either. */
async function rememberOffer(store: BackpackDatabase, doc: Doc, now: Instant): Promise<void> {
  const key = keptBadgeOf(doc)?.offer ?? keptOfferOf(doc)?.offer;
  if (key === undefined) return;
  await store.offers.put({ key, standing: 'claimed', at: now, badge: doc.id });
}

/** The learner's addresses changed: whose each badge is may have changed with them. */
async function matchAgain(store: BackpackDatabase): Promise<void> {
  const identities = await readIdentities(store);
  const badges = await store.docs.where('t').equals('badge').toArray();
  for (const doc of badges) {
    const card = await cardOf(doc, identities);
    if (card !== undefined) await store.cards.put(card);
  }
}
