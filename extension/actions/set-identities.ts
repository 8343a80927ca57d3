import type { Identity } from '../../shared/model/badge.ts';
import { sha256Of, utf8 } from '../../shared/model/bytes.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { exists } from '../../shared/sync/doc.ts';
import { docsOfKind } from '../store/docs-of-kind.ts';
import { type WriteDeps, writeChange } from './keep.ts';

/**
 * Writes down which addresses are the learner's own; those left out are forgotten on every device. One document each,
 * named by what it says, so that the same address added on two devices is one.
 */
export async function setIdentities(identities: readonly Identity[], deps: WriteDeps): Promise<void> {
  const wanted = new Map<DocId, Identity>();
  for (const identity of identities) wanted.set(await idOf(identity), identity);
  const kept = (await docsOfKind(deps.store, 'email')).filter(exists);
  const known = new Set(kept.map(({ id }) => id));
  const made = deps.clock();
  await writeChange(
    {
      set: [...wanted]
        .filter(([id]) => !known.has(id))
        .map(([id, { type, value }]) => ({ id, fields: { made, type, value } })),
      wipe: kept.map(({ id }) => id).filter((id) => !wanted.has(id)),
    },
    deps,
  );
}

async function idOf({ type, value }: Identity): Promise<DocId> {
  return `email|${await sha256Of(utf8(`${type}|${value}`))}`;
}
