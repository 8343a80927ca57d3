import type { DocId } from '../../shared/sync/doc.ts';
import { type WriteDeps, writeChange } from './keep.ts';

/** Removes a badge from every device. For a day this one keeps a copy that the removal can be undone from. */
export async function removeBadge(badge: DocId, deps: WriteDeps): Promise<void> {
  await writeChange({ wipe: [badge] }, deps);
}
