import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { epochsByBox } from '../../shared/sync/epochs.ts';
import { type RejoinOutcome, rejoinLog } from '../../shared/sync/rejoin-log.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { unlockersAgain } from './unlockers-again.ts';

/**
 * Takes the server's word that it was restored from a backup, because the learner says so, and sends it again what it
 * lost (design §7). Nothing here is changed by it but what counts as sent.
 * Errors: `no-account`; `locked`, where the server has lost changes of keys too; `sync-distrust`, where what it sends
 * still does not hold together; those of the server.
 */
export async function rejoinServer(deps: UnlockedDeps): Promise<Result<null>> {
  const { rows, storage, random, clock } = deps;
  return deps.alone(async () => {
    const row = await rows.get('account');
    if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
    const signer = await deviceSigner(row);
    const root = deps.root.keys();
    // A server that has forgotten this device still answers the account's own key.
    const speaker = { signer: root?.account ?? signer, acct: row.acct };
    const transport = deps.companion(row.server).transport(speaker);
    const openEpochs = epochsByBox(row.device, row.box);
    const common = {
      storage,
      transport,
      keys: row.held,
      openEpochs,
      signer,
      random,
      clock,
      unlockersAgain: unlockersAgain(row, deps),
    };
    return resultOf(await rejoinLog(root === undefined ? common : { ...common, root }), root === undefined);
  });
}

function resultOf(outcome: RejoinOutcome, isLocked: boolean): Result<null> {
  switch (outcome.kind) {
    case 'synced':
      return ok(null);
    case 'distrust':
      return failed(new BackpackError('sync-distrust', { reason: outcome.reason }));
    case 'failed': {
      const isUnknown = outcome.error.code === 'unauthorized' && isLocked;
      return failed(isUnknown ? new BackpackError('locked') : outcome.error);
    }
    default:
      return failed(new BackpackError(outcome.kind));
  }
}
