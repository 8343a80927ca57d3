import type { Identity } from '../../shared/model/badge.ts';
import type { Instant } from '../../shared/model/brands.ts';
import { type Doc, exists } from '../../shared/sync/doc.ts';
import { readIdentities } from './badges.ts';
import { cardOf } from './card-of.ts';
import type { OfferRow, TableName, TransactionTables } from './database.ts';
import { docsOfKind } from './docs-of-kind.ts';
import { keptBadgeOf, keptOfferOf } from './kept-badge.ts';

/** The tables that writing documents touches: every transaction that calls `putDocs` names them. */
export const docTables: readonly TableName[] = [
  'docs',
  'dirty',
  'blobs',
  'cardPacks',
  'offerPacks',
  'removed',
  'local',
  'link',
];

/**
 * Writes documents with all that follows from them, inside the caller's transaction: cards, the memory of claimed
 * offers, and, of what ceased to exist, a copy that its removal can be undone from. Whoever writes `docs` does it here,
 * a learner's change and a page of the log alike.
 */
export async function putDocs(inside: TransactionTables, docs: readonly Doc[], now: Instant): Promise<void> {
  const [there, gone] = [docs.filter(exists), docs.filter((doc) => !exists(doc)).map(({ id }) => id)];
  // First all that is read: behind the writing it would wait for that.
  const [earlier, copies, identities] = await Promise.all([
    inside.docs.bulkGet(gone),
    inside.removed.keys(),
    readIdentities(inside),
  ]);
  const removed = earlier.flatMap((doc) =>
    doc !== undefined && exists(doc) && canComeBack(doc) ? [{ id: doc.id, doc, at: now }] : [],
  );
  const back = new Set(there.map(({ id }) => id));
  await Promise.all([
    inside.docs.bulkPut(docs),
    changeCards(inside, there, gone, identities),
    inside.offers.put(there.flatMap((doc) => claimedOffer(doc, now))),
    // What is there again needs no copy to be brought back from. The copies are few, and the documents may be many.
    inside.removed.bulkDelete(copies.filter((id) => back.has(id))),
    inside.removed.bulkPut(removed),
  ]);
  if (docs.some(({ t }) => t === 'email')) await matchAgain(inside);
}

/** Writes documents that the server does not have yet. The mark tells a push whether they changed since. */
export async function putChangedDocs(
  inside: TransactionTables,
  docs: readonly Doc[],
  mark: string,
  now: Instant,
): Promise<void> {
  await putDocs(inside, docs, now);
  await inside.dirty.bulkPut(docs.map(({ id }) => ({ id, mark })));
}

/** What the learner can bring back for a day after it was removed. */
function canComeBack(doc: Doc): boolean {
  return doc.t === 'badge' || doc.t === 'offer' || doc.t === 'collection';
}

async function changeCards(
  { cards }: TransactionTables,
  docs: readonly Doc[],
  gone: readonly Doc['id'][],
  identities: readonly Identity[],
): Promise<void> {
  const made = await Promise.all(docs.map((doc) => cardOf(doc, identities)));
  await cards.put(made.filter((card) => card !== undefined));
  await cards.remove(gone);
}

/** A badge that came from another device makes its offer nothing new here either. */
function claimedOffer(doc: Doc, now: Instant): readonly OfferRow[] {
  const key = keptBadgeOf(doc)?.offer ?? keptOfferOf(doc)?.offer;
  return key === undefined ? [] : [{ id: key, standing: 'claimed', at: now, badge: doc.id }];
}

/** The learner's addresses changed: whose each badge is may have changed with them. */
async function matchAgain(inside: TransactionTables): Promise<void> {
  await changeCards(inside, await docsOfKind(inside, 'badge'), [], await readIdentities(inside));
}
