import type { Bytes } from '../model/bytes.ts';
import { deriveBytes } from '../sync/key-schedule.ts';
import { parseRecoveryCode } from '../sync/recovery-code.ts';
import { recoveryKeysOf, unwrapRoot } from '../sync/root-wrap.ts';
import type { AccountId } from '../sync/shapes.ts';

/** What a browser keeps of its account that tells where the root is sealed. */
export type SealedRoot = {
  readonly acct: AccountId;
  readonly unlocker: { readonly kind: string; readonly id: string; readonly wrap: string };
};

/** All that whoever has the code can make of it, by name: none of it may ever lie on a disk (design §2, threats T65). */
export async function rootSecretsOf(
  code: string,
  { acct, unlocker }: SealedRoot,
): Promise<ReadonlyMap<string, Bytes>> {
  const secret = parseRecoveryCode(code);
  if (!secret.ok) throw secret.error;
  const { wrapping } = await recoveryKeysOf(secret.value);
  const root = await unwrapRoot(unlocker.wrap, wrapping, { acct, kind: unlocker.kind, id: unlocker.id });
  if (!root.ok) throw root.error;
  const secrets = new Map([
    ['code', secret.value],
    ['root', root.value],
  ]);
  for (const label of ['account', 'identity', 'inbox', 'vault'])
    secrets.set(label, await deriveBytes(root.value, label));
  for (const label of ['recovery-sign', 'recovery-wrap'])
    secrets.set(label, await deriveBytes(secret.value, label));
  return secrets;
}
