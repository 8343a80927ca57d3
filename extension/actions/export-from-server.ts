import { BackpackError } from '../../shared/model/errors.ts';
import { failed, type Result } from '../../shared/model/result.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import type { AccountDeps } from './account-deps.ts';

/** All that the learner's server keeps for the account, as the server has it. Errors: `no-account`, the server's own. */
export async function exportFromServer({
  rows,
  companion,
}: Pick<AccountDeps, 'rows' | 'companion'>): Promise<Result<Blob>> {
  const row = await rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const speaker = { signer: await deviceSigner(row), acct: row.acct };
  return companion(row.server).exportAccount(speaker);
}
