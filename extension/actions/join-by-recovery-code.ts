import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { recoveryKeysOf, unwrapRoot } from '../../shared/sync/root-wrap.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { createAccount } from './create-account.ts';
import { joinAccount } from './join-account.ts';
import { openRestored } from './restored-account.ts';

/**
 * Makes this browser one more device of the account that a recovery code belongs to (design §2). What is here already
 * is added to it. A server that does not know the code opens the account of the learner's own archive anew.
 * Killed midway it is simply begun again with the code.
 * Errors: `recovery-code-mistyped` before anything is asked; `recovery-code-unknown`, `account-exists`, `no-account`
 * (no server chosen), `sync-distrust`, those of the server.
 */
export async function joinByRecoveryCode(code: string, deps: UnlockedDeps): Promise<Result<null>> {
  const secret = parseRecoveryCode(code);
  if (!secret.ok) return secret;
  const joined = await join(secret.value, deps);
  if (joined.ok || joined.error.code !== 'recovery-code-unknown') return joined;
  const restored = await deps.rows.get('restored');
  const isRestored = restored !== undefined && (await openRestored(restored, secret.value)).ok;
  return isRestored ? createAccount(code, deps) : joined;
}

function join(secret: Bytes, deps: UnlockedDeps): Promise<Result<null>> {
  return joinAccount(async (companion) => {
    const { signer, wrapping } = await recoveryKeysOf(secret);
    const reply = await companion.unlockByRecovery({ signer });
    if (!reply.ok)
      return reply.error.code === 'unauthorized' ? failed(new BackpackError('recovery-code-unknown')) : reply;
    const { account: acct, unlocker } = reply.value;
    const root = await unwrapRoot(unlocker.wrap, wrapping, { acct, kind: unlocker.kind, id: unlocker.id });
    return root.ok ? ok({ reply: reply.value, root: root.value }) : root;
  }, deps);
}
