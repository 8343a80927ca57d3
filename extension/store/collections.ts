import type { DocId } from '../../shared/sync/doc.ts';
import { collectionsAmong, type KeptCollection } from './collection-doc.ts';
import { database, type Tables } from './database.ts';
import { docsOfKind } from './docs-of-kind.ts';

/** The learner's collections in their order; may stand inside a live query. */
export async function readCollections(store: Tables = database): Promise<readonly KeptCollection[]> {
  return collectionsAmong(await docsOfKind(store, 'collection'));
}

/** The badges that can be shown to others: not what waits for its issuer, nor what could not be read. */
export async function readShareable(store: Tables = database): Promise<ReadonlySet<DocId>> {
  const cards = await store.cards.rows();
  return new Set(cards.filter(({ kind }) => kind === 'badge').map(({ id }) => id));
}
