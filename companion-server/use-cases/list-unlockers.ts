import type { KeptUnlocker } from '../../shared/sync/unlocker.ts';
import type { AccountId, Storage } from '../storage/storage.ts';

/** Every way to open the account's root that is kept here, sealed as it came. */
export function listUnlockers(account: AccountId, storage: Storage): Promise<readonly KeptUnlocker[]> {
  return storage.read(({ unlockers }) => unlockers.of(account));
}
