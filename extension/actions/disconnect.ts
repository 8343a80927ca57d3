import type { AccountDeps } from './account-deps.ts';
import { clearSync } from './clear-sync.ts';

/**
 * The rows that tie a browser to an account, the account after all that belongs to it alone: a browser that was stopped
 * on the way is asked to end it again.
 */
const tying = ['pending', 'joining', 'device-unlocker', 'profile-look', 'account', 'sync'] as const;

/**
 * Ends this browser's tie to its account, once it was removed there: its keys go, everything kept stays and counts as
 * not sent, and the browser can join anew.
 */
export async function disconnect({ alone, rows, storage }: AccountDeps): Promise<void> {
  await alone(async () => {
    for (const key of tying) await rows.remove(key);
    await clearSync(storage);
  });
}
