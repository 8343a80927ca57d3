import { BackpackError } from '../../shared/model/errors.ts';
import { failed, type Result } from '../../shared/model/result.ts';
import type { AccountActions } from './account-actions.ts';

/** The account of a browser that uses no server: there is nothing to read, and what needs one says so. */
export const offlineAccount: AccountActions = {
  readState: async () => ({ server: undefined, sync: { unsent: 0, running: false, distrust: false } }),
  setServer: async () => refused(),
  newRecoveryCode: () => ({ code: '', groups: [1, 2] }),
  isTypedBack: () => false,
  createAccount: async () => refused(),
  join: async () => refused(),
  isUnlocked: () => false,
  unlock: async () => refused(),
  disclose: async () => [],
  publish: async () => refused(),
  unpublish: async () => refused(),
};

function refused(): Result<never> {
  return failed(new BackpackError('companion-unreachable', {}));
}
