import { BackpackError } from '../../shared/model/errors.ts';
import { failed } from '../../shared/model/result.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { recoveryKeysOf, unwrapRoot } from '../../shared/sync/root-wrap.ts';
import type { Unlocker } from './unlocker.ts';

/** The code on the learner's paper, against the wrap that this browser keeps a copy of. */
export const recoveryUnlocker: Unlocker = {
  kind: 'recovery',
  isReady: async (rows) => (await rows.get('account')) !== undefined,
  open: async ({ acct, unlocker }, _, code) => {
    if (code === undefined) return failed(new BackpackError('locked'));
    const secret = parseRecoveryCode(code);
    if (!secret.ok) return secret;
    const { wrapping } = await recoveryKeysOf(secret.value);
    return unwrapRoot(unlocker.wrap, wrapping, { acct, kind: unlocker.kind, id: unlocker.id });
  },
};
