import type { DocId } from '../../shared/sync/doc.ts';
import { collectionsAmong, type KeptCollection } from './collection-doc.ts';
import { type BackpackDatabase, database } from './database.ts';
import { docsOfKind } from './docs-of-kind.ts';

/** The learner's collections in their order; may stand inside a live query. */
export async function readCollections(
  store: BackpackDatabase = database,
): Promise<readonly KeptCollection[]> {
  return collectionsAmong(await docsOfKind(store, 'collection').toArray());
}

/** The badges that can be shown to others: not what waits for its issuer, nor what could not be read. */
export async function readShareable(store: BackpackDatabase = database): Promise<ReadonlySet<DocId>> {
  return new Set(await store.cards.filter(({ kind }) => kind === 'badge').primaryKeys());
}
