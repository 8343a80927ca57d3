import { BackpackError } from '../../shared/model/errors.ts';
import { failed } from '../../shared/model/result.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { recoveryKeysOf, unwrapRoot } from '../../shared/sync/root-wrap.ts';
import type { Unlocker } from './unlocker.ts';

/** A code on the learner's paper, against the wraps that this browser keeps copies of. */
export const recoveryUnlocker: Unlocker = {
  kind: 'recovery',
  isReady: async (rows) => (await rows.get('account')) !== undefined,
  open: async ({ acct, unlocker, unlockers = [unlocker] }, _, code) => {
    if (typeof code !== 'string') return failed(new BackpackError('locked'));
    const secret = parseRecoveryCode(code);
    if (!secret.ok) return secret;
    const { wrapping } = await recoveryKeysOf(secret.value);
    for (const { kind, id, wrap } of unlockers) {
      const root = kind === 'recovery' ? await unwrapRoot(wrap, wrapping, { acct, kind, id }) : undefined;
      if (root?.ok === true) return root;
    }
    return failed(new BackpackError('recovery-code-unknown'));
  },
};
