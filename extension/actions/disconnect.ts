import type { AccountDeps } from './account-deps.ts';
import { clearSync } from './clear-sync.ts';

/** The rows that tie a browser to an account. */
const tying = ['account', 'pending', 'joining', 'device-unlocker', 'sync', 'profile-look'] as const;

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
