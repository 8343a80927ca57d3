import { type Instant, instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import { blobNamesOf } from '../../shared/sync/blob-names.ts';
import type { BackpackDatabase } from './database.ts';

/** How long a look can be claimed, and a removal undone. */
export const lookedLifetimeMs = 60 * 60 * 1000;
export const removedLifetimeMs = 24 * 60 * 60 * 1000;

/**
 * Lets go of what was only kept for a while: looks, removed badges, and bytes that nothing names any more. With an
 * account the bytes are syncing's to delete, on the server and here.
 */
export async function tidyStore(store: BackpackDatabase, now: Instant): Promise<void> {
  await store.looked.where('at').below(earlier(now, lookedLifetimeMs)).delete();
  await store.transaction('rw', [store.removed, store.docs, store.blobs, store.link], async () => {
    const forgotten = await store.removed.where('at').below(earlier(now, removedLifetimeMs)).delete();
    if (forgotten === 0 || (await store.link.get('link')) !== undefined) return;
    const named = new Set<string>();
    await store.docs.each((doc) => {
      for (const hash of blobNamesOf(doc)) named.add(hash);
    });
    await store.removed.each(({ doc }) => {
      for (const hash of blobNamesOf(doc)) named.add(hash);
    });
    const hashes = await store.blobs.orderBy('hash').uniqueKeys();
    await store.blobs
      .where('hash')
      .anyOf(hashes.filter((hash) => typeof hash === 'string' && !named.has(hash)))
      .delete();
  });
}

function earlier(now: Instant, milliseconds: number): Instant {
  return instantOf(millisecondsOf(now) - milliseconds);
}
