import type { AccountDeps } from '../actions/account-deps.ts';
import type { ActionDeps } from '../actions/deps.ts';
import { lookAtOwnProfile } from '../actions/look-at-own-profile.ts';
import { verifyAgain } from '../actions/verify-again.ts';
import { readCards } from '../store/badges.ts';
import { tidyStore } from '../store/upkeep.ts';
import { forgetClosedTabs } from './offers-of-tab.ts';

export const upkeepAlarm = 'upkeep';
export const upkeepMinutes = 360;
/** Most badges that one upkeep asks about again. */
const maxAskedAgain = 10;

/**
 * What is due from time to time: letting go of what was kept for a while only, asking again for what the learner kept to
 * be checked later, and a look at what everybody sees of him.
 */
export async function keepUp(deps: ActionDeps, account: AccountDeps): Promise<void> {
  await tidyStore(deps.store, deps.clock());
  await forgetClosedTabs();
  const waiting = (await readCards(deps.store)).filter(
    ({ keptAs, kind }) => keptAs === 'to-check' && kind !== 'unread',
  );
  // Whatever comes of each is written down with it; a failure leaves it as it is until next time.
  for (const { id } of waiting.slice(0, maxAskedAgain)) await verifyAgain(id, deps);
  await lookAtOwnProfile(account);
}
