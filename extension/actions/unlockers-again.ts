import { BackpackError } from '../../shared/model/errors.ts';
import { maxUnlockers } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { nameUnlockers } from '../../shared/sync/key-commits.ts';
import type { RejoinDeps } from '../../shared/sync/rejoin-log.ts';
import { unlockersHashOf } from '../../shared/sync/unlocker.ts';
import type { AccountRow } from '../store/account-rows.ts';
import type { UnlockedDeps } from './account-deps.ts';

type Again = NonNullable<RejoinDeps['unlockersAgain']>;

/**
 * Brings the ways to open the root back to a server that was restored from before they were changed (design §7): a code
 * that was made since opens nothing there, and one that was taken away opens again. One of them is put back or taken away
 * at a time, from the copy that this browser keeps; where that is not what the log had last, all stays as it is.
 */
export function unlockersAgain(row: AccountRow, deps: UnlockedDeps): Again {
  const companion = deps.companion(row.server);
  const wanted = row.unlockers ?? [row.unlocker];
  return async (chain, remembered) => {
    if (chain.unlockers === remembered.unlockers) return ok('done');
    if ((await unlockersHashOf(wanted)) !== remembered.unlockers) return ok('done');
    const root = deps.root.keys();
    if (root === undefined) return ok('locked');
    const speaker = { signer: root.account, acct: row.acct };
    const asked = await companion.listUnlockers(speaker);
    if (!asked.ok) return asked;
    const standing = asked.value;
    if ((await unlockersHashOf(standing)) !== chain.unlockers)
      return failed(new BackpackError('sync-distrust', { reason: 'other-unlockers' }));
    const isIn = (set: typeof standing, id: string): boolean => set.some((one) => one.id === id);
    const lost = wanted.find(({ id }) => !isIn(standing, id));
    const former = standing.find(({ id }) => !isIn(wanted, id));
    // What is lost first: there is always a way to open it.
    if (lost !== undefined && (standing.length < maxUnlockers || former === undefined)) {
      const commit = await nameUnlockers(chain, await unlockersHashOf([...standing, lost]), root);
      return sentBy(await companion.putUnlocker(lost, commit, speaker));
    }
    if (former === undefined) return ok('done');
    const left = standing.filter(({ id }) => id !== former.id);
    const commit = await nameUnlockers(chain, await unlockersHashOf(left), root);
    return sentBy(await companion.deleteUnlocker(former.id, commit, speaker));
  };
}

/** Where the log has moved meanwhile it is read again all the same. */
function sentBy(sent: Result<null>): Result<'sent'> {
  return sent.ok || sent.error.code === 'stale' ? ok('sent') : sent;
}
