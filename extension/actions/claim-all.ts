import type { ClaimedAll } from '../channel.ts';
import { claimBadge } from './claim-badge.ts';
import type { WriteDeps } from './keep.ts';

/** Claims what was looked at and found good, one by one: what cannot be claimed keeps nothing else from it. */
export async function claimAll(keys: readonly string[], deps: WriteDeps): Promise<ClaimedAll> {
  const results: ClaimedAll['results'][number][] = [];
  for (const key of keys) {
    const claimed = await claimBadge(key, 'claim', deps);
    results.push(
      claimed.ok
        ? { key, badge: claimed.value.badge }
        : { key, error: { code: claimed.error.code, facts: claimed.error.facts } },
    );
  }
  return { results };
}
