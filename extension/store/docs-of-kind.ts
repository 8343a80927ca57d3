import type { Doc, DocKind } from '../../shared/sync/doc.ts';
import type { Tables } from './database.ts';

/** The documents of a kind: their ids begin with it. */
export function docsOfKind({ docs }: Pick<Tables, 'docs'>, kind: DocKind): Promise<Doc[]> {
  return docs.rows({ beginning: `${kind}|` });
}
