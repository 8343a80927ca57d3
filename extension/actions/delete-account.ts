import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import type { SyncStorage } from '../../shared/sync/storage.ts';
import { identityDocId } from '../store/identity-doc.ts';
import { profileDocId } from '../store/profile-doc.ts';
import { unlockersDocId } from '../store/unlocker-doc.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { pullChain } from './change-keys.ts';
import { disconnect } from './disconnect.ts';

/**
 * Deletes all that the server keeps for the learner (design §13), and ends this browser's tie to it. Before, what is not
 * here yet is fetched, so that no badge goes with the server; one that is not believed any more is left all the same.
 * What is kept here stays. After a lost answer it is simply done again.
 * Errors: `no-account`, `locked` (also when the root was replaced since it was opened), `revoked`, those of the server.
 */
export async function deleteAccount(deps: UnlockedDeps): Promise<Result<null>> {
  const deleted = await deps.alone(() => deleteAtServer(deps));
  if (!deleted.ok) return deleted;
  deps.root.forget();
  // The tie last: while it is there, whoever was stopped on the way can do all of it again.
  await forgetAccountDocs(deps.storage);
  await disconnect(deps);
  return deleted;
}

async function deleteAtServer(deps: UnlockedDeps): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const root = deps.root.keys();
  if (root === undefined) return failed(new BackpackError('locked'));
  const chain = await pullChain(row, deps);
  const isUnknown = !chain.ok && chain.error.code === 'unauthorized';
  if (!chain.ok && !isUnknown && chain.error.code !== 'sync-distrust') return chain;
  if (chain.ok && chain.value.account !== root.account.key) {
    deps.root.forget();
    return failed(new BackpackError('locked'));
  }
  const speaker = { signer: root.account, acct: row.acct };
  const deleted = await deps.companion(row.server).deleteAccount(speaker);
  // It knows neither this browser nor the account: that is what was wanted.
  const isGone = !deleted.ok && isUnknown && deleted.error.code === 'unauthorized';
  return isGone ? ok(null) : deleted;
}

/** What the learner's browsers had written down about the account and each other. */
function forgetAccountDocs(storage: SyncStorage): Promise<void> {
  return storage.write(async ({ docs, dirty }) => {
    const ids: DocId[] = [profileDocId, unlockersDocId, identityDocId];
    await docs.each(({ id, t }) => {
      if (t === 'device') ids.push(id);
    });
    await docs.remove(ids);
    await dirty.remove(ids);
  });
}
