import { type Bytes, base64UrlOf } from '../../shared/model/bytes.ts';
import type { Random } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed } from '../../shared/model/result.ts';
import { unwrapRoot, wrapRoot } from '../../shared/sync/root-wrap.ts';
import type { AccountRow, AccountRows } from '../store/account-rows.ts';
import type { Unlocker } from './unlocker.ts';

/** "Keep this browser unlocked": the root under a key that this browser holds and nobody can read out. */
export const deviceUnlocker: Unlocker = {
  kind: 'device',
  isReady: async (rows) => (await rows.get('device-unlocker')) !== undefined,
  open: async ({ acct }, rows) => {
    const kept = await rows.get('device-unlocker');
    return kept === undefined
      ? failed(new BackpackError('locked'))
      : unwrapRoot(kept.wrap, kept.key, { acct, kind: 'device', id: kept.id });
  },
};

/** Keeps this browser unlocked from now on, because the learner wants it so. */
export async function keepUnlocked(
  root: Bytes,
  { acct }: AccountRow,
  rows: AccountRows,
  random: Random,
): Promise<void> {
  const algorithm = { name: 'AES-GCM', length: 256 };
  const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const id = base64UrlOf(random(16));
  const wrap = await wrapRoot(root, key, { acct, kind: 'device', id }, random);
  await rows.put('device-unlocker', { id, key, wrap });
}

/** From now on the code is asked for again. */
export async function forgetUnlocked(rows: AccountRows): Promise<void> {
  await rows.remove('device-unlocker');
}
