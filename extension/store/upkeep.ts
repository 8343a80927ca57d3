import { type Instant, instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import { blobNamesOf } from '../../shared/sync/blob-names.ts';
import { hashOfBlobPartId } from '../../shared/sync/blobs.ts';
import { sweepDelayMs } from '../../shared/sync/round.ts';
import { type BackpackDatabase, bytesAheadKey } from './database.ts';

/** How long a look can be claimed, and a removal undone. */
export const lookedLifetimeMs = 60 * 60 * 1000;
export const removedLifetimeMs = 24 * 60 * 60 * 1000;

/** How long the documents of bytes that were written ahead of them may take to come. */
export const bytesAheadLifetimeMs = 60 * 60 * 1000;

/**
 * Lets go of what was only kept for a while: looks, removed badges, and bytes that nothing names any more, or that a
 * restore which was broken off has left. With an account the bytes are syncing's to delete, on the server and here.
 */
export async function tidyStore(store: BackpackDatabase, now: Instant): Promise<void> {
  await store.looked.where('at').below(earlier(now, lookedLifetimeMs)).delete();
  await store.transaction(
    'rw',
    [store.removed, store.docs, store.blobs, store.link, store.local],
    async () => {
      const forgotten = await store.removed.where('at').below(earlier(now, removedLifetimeMs)).delete();
      const ahead = await store.local.get(bytesAheadKey);
      const isOver = ahead !== undefined && String(ahead.value) < earlier(now, bytesAheadLifetimeMs);
      // They may still be coming in: whatever is unnamed now waits for the next time.
      if (ahead !== undefined && !isOver) return;
      if (isOver) await store.local.delete(bytesAheadKey);
      const link = await store.link.get('link');
      if (link === undefined && (isOver || forgotten > 0)) await deleteUnnamed(store);
      // Removals were seen to when they were sent.
      if (link !== undefined && isOver)
        await store.link.put({ sweepAt: millisecondsOf(now) + sweepDelayMs, ...link });
    },
  );
}

async function deleteUnnamed(store: BackpackDatabase): Promise<void> {
  const named = new Set<string>();
  await store.docs.each((doc) => {
    for (const hash of blobNamesOf(doc)) named.add(hash);
  });
  await store.removed.each(({ doc }) => {
    for (const hash of blobNamesOf(doc)) named.add(hash);
  });
  const keys = await store.blobs.toCollection().primaryKeys();
  await store.blobs.bulkDelete(keys.filter((key) => !named.has(hashOfBlobPartId(key))));
}

function earlier(now: Instant, milliseconds: number): Instant {
  return instantOf(millisecondsOf(now) - milliseconds);
}
