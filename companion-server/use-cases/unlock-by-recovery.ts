import type { Kid } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { UnlockReply } from '../../shared/protocol/unlockers.ts';
import type { Storage } from '../storage/storage.ts';

/** Hands out the wrap that belongs to a recovery code, to whoever signed with the code's own key. Errors: `unauthorized`. */
export async function unlockByRecovery(kid: Kid, storage: Storage): Promise<Result<UnlockReply>> {
  return storage.read(async ({ unlockers, accounts }) => {
    const found = await unlockers.byRecoveryKid(kid);
    const account = found === undefined ? undefined : await accounts.find(found.account);
    if (found === undefined || account === undefined) return failed(new BackpackError('unauthorized'));
    const { keyring, head } = account.chain;
    return ok({ account: found.account, unlocker: found.unlocker, keyring, head });
  });
}
