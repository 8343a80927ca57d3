import type { DocId } from '../../shared/sync/doc.ts';
import { readCards } from './badges.ts';
import { collectionsAmong, type KeptCollection } from './collection-doc.ts';
import { database, type Tables } from './database.ts';
import { docsOfKind } from './docs-of-kind.ts';

/** The learner's collections in their order; may stand inside a live query. */
export async function readCollections(store: Tables = database): Promise<readonly KeptCollection[]> {
  return collectionsAmong(await docsOfKind(store, 'collection'));
}

/**
 * Of the badges in collections that others are to see, those that can be shown: not what waits for its issuer, nor what
 * could not be read.
 */
export async function readShareable(
  collections: readonly KeptCollection[],
  store: Tables = database,
): Promise<ReadonlySet<DocId>> {
  const shown = collections.filter(({ reach }) => reach !== 'private');
  const ids = new Set(shown.flatMap(({ badges }) => badges.map(({ id }) => id)));
  const cards = await readCards(store);
  return new Set(cards.flatMap(({ id, kind }) => (kind === 'badge' && ids.has(id) ? id : [])));
}
