import type { Bytes } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { accountIdOf, type Chain } from './chain.ts';
import { type Device, signCommit } from './commit.ts';
import { type RootKeys, rootKeysOf } from './key-schedule.ts';
import { type HeldKeys, heldKeysOf, type Keyring, newKeyring, sealKeyring } from './keyring.ts';
import { notePassed } from './passed-commits.ts';
import { recoveryUnlockerOf } from './root-wrap.ts';
import type { AccountId } from './shapes.ts';
import type { Link, SyncTables } from './storage.ts';
import { type KeptUnlocker, unlockersHashOf } from './unlocker.ts';

/** A new account, ready to be opened at a server. `genesis` and `unlockers` are what the server gets. */
export type NewAccount = {
  readonly acct: AccountId;
  readonly genesis: string;
  readonly unlockers: readonly KeptUnlocker[];
  readonly keyring: string;
  readonly root: RootKeys;
  readonly keys: HeldKeys;
};

/**
 * Makes an account out of a root of 32 bytes: its keyring, its recovery unlocker and its genesis, which enrols this
 * device. `ring`: that of an earlier account of this root. Nothing has been sent, and nothing is kept by this.
 */
export async function newAccount(
  root: Bytes,
  recoverySecret: Bytes,
  device: Device,
  random: Random,
  ring: Keyring = newKeyring(random),
): Promise<NewAccount> {
  const keys = await rootKeysOf(root);
  const acct = await accountIdOf(keys.account.key);
  const keyring = await sealKeyring(ring, acct, keys.vault, random);
  const unlockers = [await recoveryUnlockerOf(recoverySecret, root, acct, random)];
  const genesis = await signCommit(
    {
      v: 1,
      acct,
      n: 0,
      prev: null,
      kind: 'genesis',
      gen: {
        account: keys.account.key,
        identity: keys.identity.key,
        inbox: keys.inbox.key,
        device,
        keyring,
        unlockers: await unlockersHashOf(unlockers),
      },
    },
    keys.account,
  );
  return { acct, genesis, unlockers, keyring, root: keys, keys: await heldKeysOf(ring, acct) };
}

/** The row that ties a device to an account whose log it has not read yet. */
export function newLink(acct: AccountId): Link {
  return { id: 'link', acct, chain: undefined, waiting: [], newestStamp: '' };
}

/** Ties the device that made an account to it, in the caller's transaction: it knows the log from its first commit. */
export async function beginLink(chain: Chain, tables: SyncTables): Promise<void> {
  await tables.link.put([{ ...newLink(chain.acct), chain }]);
  await notePassed([chain.head], tables);
}
