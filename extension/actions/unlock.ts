import { BackpackError, type ErrorCode } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { rootKeysOf } from '../../shared/sync/key-schedule.ts';
import { keepUnlocked } from '../unlockers/device.ts';
import { unlockers } from '../unlockers/registry.ts';
import type { Given, Unlocker } from '../unlockers/unlocker.ts';
import type { UnlockedDeps } from './account-deps.ts';

/**
 * Opens the root in the memory of this page: with what this browser keeps, with a recovery code, or with a passkey that
 * was used. A browser that stays unlocked goes on so where the root was replaced meanwhile. Asks no server. Errors:
 * `no-account`, `locked` (one of them is needed), `recovery-code-mistyped`, `recovery-code-unknown`, `passkey-unknown`.
 */
export async function unlock(given: Given, deps: UnlockedDeps): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  let isKeptOld = false;
  let last: Result<never> = failed(new BackpackError('locked'));
  for (const unlocker of unlockers) {
    if (!(await unlocker.isReady(deps.rows))) continue;
    const root = await unlocker.open(row, deps.rows, given);
    if (!root.ok) {
      if (root.error.code !== 'locked') last = root;
      continue;
    }
    const [link] = await deps.storage.read((tables) => tables.link.get(['link']));
    const { account } = await rootKeysOf(root.value);
    if (link?.chain !== undefined && link.chain.account !== account.key) {
      // The root was replaced since this was kept; another way may open the one that the log names.
      last = failed(new BackpackError(unknown[unlocker.kind]));
      if (unlocker.kind === 'device') isKeptOld = true;
      continue;
    }
    // It is to stay unlocked, and does so by the new root from now on.
    if (isKeptOld) await keepUnlocked(root.value, row, deps.rows, deps.random);
    await deps.root.keep(root.value);
    return ok(null);
  }
  return last;
}

/** What is said of one that opens a root which the log does not name any more. */
const unknown = {
  device: 'locked',
  passkey: 'passkey-unknown',
  recovery: 'recovery-code-unknown',
} as const satisfies Record<Unlocker['kind'], ErrorCode>;
