import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { rootKeysOf } from '../../shared/sync/key-schedule.ts';
import { unlockers } from '../unlockers/registry.ts';
import type { UnlockedDeps } from './account-deps.ts';

/**
 * Opens the root in the memory of this page: with what this browser keeps, or with a recovery code. Asks no server.
 * Errors: `no-account`, `locked` (a code is needed), `recovery-code-mistyped`, `recovery-code-unknown`.
 */
export async function unlock(code: string | undefined, deps: UnlockedDeps): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  let last: Result<never> = failed(new BackpackError('locked'));
  for (const unlocker of unlockers) {
    if (!(await unlocker.isReady(deps.rows))) continue;
    const root = await unlocker.open(row, deps.rows, code);
    if (!root.ok) {
      last = root;
      continue;
    }
    const [link] = await deps.storage.read((tables) => tables.link.get(['link']));
    const { account } = await rootKeysOf(root.value);
    if (link?.chain !== undefined && link.chain.account !== account.key) {
      // The root was replaced since this was kept; another way may open the one that the log names.
      last = failed(new BackpackError(unlocker.kind === 'recovery' ? 'recovery-code-unknown' : 'locked'));
      continue;
    }
    await deps.root.keep(root.value);
    return ok(null);
  }
  return last;
}
