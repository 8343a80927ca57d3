import type { SyncStorage } from '../../shared/sync/storage.ts';

/**
 * Forgets where syncing with an account stood, before another begins. Documents and bytes stay, and all that is here
 * counts as not sent.
 */
export async function clearSync(storage: SyncStorage): Promise<void> {
  await storage.write(async (tables) => {
    await tables.records.remove(await tables.records.keys());
    await tables.outbox.remove(['outbox']);
    await tables.link.remove(['link']);
    const ids = await tables.docs.keys();
    const docs = await tables.docs.get(ids);
    const marks = await tables.dirty.get(ids);
    await tables.dirty.put(
      docs.flatMap((doc, index) =>
        doc === undefined || marks[index] !== undefined ? [] : [{ id: doc.id, mark: 'anew' }],
      ),
    );
  });
}
