import type { Kid, Sha256 } from '../model/brands.ts';
import { base64UrlOf } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { ok, type Result } from '../model/result.ts';
import type { Chain } from './chain.ts';
import { type CommitOf, type Device, signCommit } from './commit.ts';
import { type Signer, signCompactJws } from './compact-jws.ts';
import { boxesOf } from './epochs.ts';
import type { RootKeys } from './key-schedule.ts';
import { openKeyring, sealKeyring, withNewEpoch } from './keyring.ts';

/** The key commit that enrols one more device, signed by the account key; it follows the chain's head. */
export function enrolDevice(chain: Chain, device: Device, root: RootKeys): Promise<string> {
  // Whoever holds the root has opened the keyring himself; boxes are for devices that stay locked.
  const change = { add: device, keyring: chain.keyring, boxes: {}, unlockers: chain.unlockers };
  return signKeyChange(chain, change, root.account);
}

/**
 * The key commit that takes a device out of the account, signed by the account key; it follows the chain's head.
 * With it a new epoch begins, whose key the remaining devices are told and the revoked one is not (design §13).
 * Errors: `sync-distrust`, when the keyring is not what this root sealed.
 */
export async function revokeDevice(
  chain: Chain,
  kid: Kid,
  root: RootKeys,
  random: Random,
): Promise<Result<string>> {
  const opened = await openKeyring(chain.keyring, chain.acct, root.vault);
  if (!opened.ok) return opened;
  const keyring = withNewEpoch(opened.value, random);
  const remaining = chain.devices.filter((device) => device.kid !== kid);
  const change = {
    revoke: kid,
    keyring: await sealKeyring(keyring, chain.acct, root.vault, random),
    boxes: await boxesOf(keyring, chain.acct, remaining),
    unlockers: chain.unlockers,
  };
  return ok(await signKeyChange(chain, change, root.account));
}

/** The key commit that names another set of unlockers by its hash. */
export function nameUnlockers(chain: Chain, unlockers: Sha256, root: RootKeys): Promise<string> {
  return signKeyChange(chain, { keyring: chain.keyring, boxes: {}, unlockers }, root.account);
}

/**
 * The key commit that moves the account to a new root: signed by the old account key, proven by the new one. A new epoch
 * begins, the keyring is sealed anew, and only `unlockers` open the root from then on (design §13).
 * Errors: `sync-distrust`, when the keyring is not what the old root sealed.
 */
export async function replaceRoot(
  chain: Chain,
  from: RootKeys,
  to: RootKeys,
  unlockers: Sha256,
  random: Random,
): Promise<Result<string>> {
  const opened = await openKeyring(chain.keyring, chain.acct, from.vault);
  if (!opened.ok) return opened;
  const oldInbox = [...opened.value.oldInbox, base64UrlOf(from.inbox.secret)];
  const keyring = withNewEpoch({ ...opened.value, oldInbox }, random);
  const { acct } = chain;
  const root = {
    account: to.account.key,
    identity: to.identity.key,
    inbox: to.inbox.key,
    proof: await signCompactJws('backpack-root', { acct, account: to.account.key }, to.account),
  };
  const change = {
    root,
    keyring: await sealKeyring(keyring, acct, to.vault, random),
    boxes: await boxesOf(keyring, acct, chain.devices),
    unlockers,
  };
  return ok(await signKeyChange(chain, change, from.account));
}

type KeyChange = Omit<CommitOf<'key'>['key'], 'prevKey'>;

/** Signs a change of keys as the commit after the chain's head. */
export function signKeyChange(chain: Chain, change: KeyChange, account: Signer): Promise<string> {
  const { acct, head, keyHead } = chain;
  const key = { prevKey: keyHead, ...change };
  return signCommit({ v: 1, acct, n: head.n + 1, prev: head.h, kind: 'key', key }, account);
}
