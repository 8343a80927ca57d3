import type { DocId } from '../../shared/sync/doc.ts';
import { type WriteDeps, writeChange } from './keep.ts';

/**
 * Takes a claim back: the badge goes as if removed, and its offer is no news any more. What was in the backpack before
 * the claim stays there. `key`: the offer.
 */
export async function undoClaim(badge: DocId, key: string | undefined, deps: WriteDeps): Promise<void> {
  const row = key === undefined ? undefined : await deps.store.looked.get(key);
  await writeChange(
    {
      wipe: row?.keptBefore === true ? [] : [badge],
      also: async (inside, at) => {
        if (key !== undefined) await inside.offers.put([{ id: key, standing: 'undone', at }]);
      },
    },
    deps,
  );
}
