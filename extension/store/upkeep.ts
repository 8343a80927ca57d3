import { type Instant, instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import { blobNamesOf } from '../../shared/sync/blob-names.ts';
import { hashOfBlobPartId } from '../../shared/sync/blobs.ts';
import { sweepDelayMs } from '../../shared/sync/round.ts';
import { type BackpackDatabase, bytesAheadKey, type Tables } from './database.ts';

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
  await store.looked.deleteChosen({ index: 'at', below: earlier(now, lookedLifetimeMs) });
  await store.write(['removed', 'docs', 'blobs', 'link', 'local'], async (inside) => {
    const { removed, local } = inside;
    const forgotten = await removed.deleteChosen({ index: 'at', below: earlier(now, removedLifetimeMs) });
    const ahead = await local.get(bytesAheadKey);
    const isOver = ahead !== undefined && String(ahead.value) < earlier(now, bytesAheadLifetimeMs);
    // They may still be coming in: whatever is unnamed now waits for the next time.
    if (ahead !== undefined && !isOver) return;
    if (isOver) await local.delete(bytesAheadKey);
    const link = await inside.link.get('link');
    if (link === undefined && (isOver || forgotten > 0)) await deleteUnnamed(inside);
    // Removals were seen to when they were sent.
    if (link !== undefined && isOver)
      await inside.link.put({ sweepAt: millisecondsOf(now) + sweepDelayMs, ...link });
  });
}

async function deleteUnnamed(store: Tables): Promise<void> {
  const named = new Set<string>();
  await store.docs.each((doc) => {
    for (const hash of blobNamesOf(doc)) named.add(hash);
  });
  await store.removed.each(({ doc }) => {
    for (const hash of blobNamesOf(doc)) named.add(hash);
  });
  const parts = await store.blobs.keys();
  await store.blobs.bulkDelete(parts.filter((id) => !named.has(hashOfBlobPartId(id))));
}

function earlier(now: Instant, milliseconds: number): Instant {
  return instantOf(millisecondsOf(now) - milliseconds);
}
