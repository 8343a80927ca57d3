import type { DocId } from './doc.ts';
import type { SyncTables } from './storage.ts';

/**
 * Forgets what the server is known to have, in the caller's transaction: documents and bytes stay, and all of them count
 * as not sent until a pull has shown otherwise.
 */
export async function forgetProgress(tables: SyncTables): Promise<void> {
  await tables.records.remove(await tables.records.keys());
  await tables.outbox.remove(['outbox']);
  await tables.passed.remove(await tables.passed.keys());
  const ids: DocId[] = [];
  await tables.docs.each(({ id }) => {
    ids.push(id);
  });
  const marks = await tables.dirty.get(ids);
  await tables.dirty.put(ids.flatMap((id, at) => (marks[at] === undefined ? [{ id, mark: 'anew' }] : [])));
}
