import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { readBlob } from '../store/badges.ts';
import { keptBadgeOf } from '../store/kept-badge.ts';
import { type WriteDeps, writeChange } from './keep.ts';

/**
 * Undoes the removal of a badge or a collection: everything is written again with a fresh stamp, because what lies before the wipe is gone for good
 * (design §6). Errors: `not-found` once the copy is gone, `document-missing` when its bytes are.
 */
export async function restoreBadge(badge: DocId, deps: WriteDeps): Promise<Result<null>> {
  const row = await deps.store.removed.get(badge);
  if (row === undefined) return failed(new BackpackError('not-found', {}));
  const kept = keptBadgeOf(row.doc);
  if (kept !== undefined && (await readBlob(kept.original, deps.store)) === undefined)
    return failed(new BackpackError('document-missing', {}));
  const fields = Object.fromEntries(Object.entries(row.doc.f).map(([name, [value]]) => [name, value]));
  await writeChange({ back: [{ id: badge, fields }] }, deps);
  return ok(null);
}
