import type { Collection } from 'dexie';
import type { Doc, DocId, DocKind } from '../../shared/sync/doc.ts';
import type { BackpackDatabase } from './database.ts';

/** The documents of a kind: their ids begin with it. */
export function docsOfKind(store: BackpackDatabase, kind: DocKind): Collection<Doc, DocId> {
  return store.docs.where(':id').startsWith(`${kind}|`);
}
