import type { ArchivedAccount } from '../../shared/archive/archive-index.ts';
import type { Instant, Sha256, Url } from '../../shared/model/brands.ts';
import type { ErrorCode, Facts } from '../../shared/model/errors.ts';
import type { SeenManifest } from '../../shared/publish/own-profile.ts';
import type { Device } from '../../shared/sync/commit.ts';
import type { HeldKeys } from '../../shared/sync/keyring.ts';
import type { LinkSecret } from '../../shared/sync/link-offer.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';
import type { KeptUnlocker } from '../../shared/sync/unlocker.ts';
import { type BackpackDatabase, database, type Tables } from './database.ts';

/** This browser as one of the account's devices. Its keys are handles that cannot be read out; the root is never here. */
export type AccountRow = {
  readonly server: Url;
  readonly acct: AccountId;
  readonly since: Instant;
  /** false while joining: the chain does not name this device yet */
  readonly enrolled: boolean;
  readonly device: Device;
  readonly sign: CryptoKey;
  readonly box: CryptoKey;
  readonly held: HeldKeys;
  /** sealed, as the chain has it: with the wrap it opens the account again without any server */
  readonly keyring: string;
  readonly unlocker: KeptUnlocker;
  /** all of them, as last heard of; absent in rows of earlier versions and before they were asked for */
  readonly unlockers?: readonly KeptUnlocker[];
};

/** A browser that shows its text for joining, and then the letter that came for it. */
export type JoiningRow = {
  readonly server: Url;
  readonly since: Instant;
  readonly secret: LinkSecret;
  readonly device: Device;
  readonly sign: CryptoKey;
  readonly box: CryptoKey;
  /** as it was sealed; it is opened again from this once the learner has said that the numbers are alike */
  readonly letter?: string;
};

/** An account that was made but not acknowledged: the same genesis is sent again, so that no second one comes of it. */
export type PendingAccount = {
  readonly row: AccountRow;
  readonly genesis: string;
  readonly unlockers: readonly KeptUnlocker[];
};

/** How syncing went last. `notBefore`: milliseconds; until then nothing is tried unasked. */
export type SyncRow = {
  readonly started?: Instant;
  readonly ended?: Instant;
  /** when device and server last held the same */
  readonly last?: Instant;
  readonly failures: number;
  readonly notBefore: number;
  readonly failure?: { readonly code: ErrorCode; readonly facts: Facts };
};

/** What came of looking at one of the learner's manifests as everybody sees it. */
export type LookedAt = {
  readonly seen?: SeenManifest;
  /** the manifest that an alarm was about: one alarm for each */
  readonly alarmed?: Sha256;
};

/** What came of looking at the learner's own page, and at his unlisted collections. */
export type ProfileLookRow = LookedAt & {
  /** another one each time that the row is written, never the same again; absent in rows of earlier versions */
  readonly version?: string;
  /** the last look, or since when the first is waited for */
  readonly at: Instant;
  /** by secret name */
  readonly unlisted?: Readonly<Record<string, LookedAt>>;
  /** since when the page is not there that should be */
  readonly goneSince?: Instant;
  /** it is not there because the operator took it down */
  readonly takenDown?: true;
  /** number of the commit by which a browser had last returned to a restored server */
  readonly rejoined?: number;
};

/** The root wrapped for this browser alone, by a key that cannot be read out of it (opt-in). */
export type DeviceUnlockerRow = { readonly id: string; readonly key: CryptoKey; readonly wrap: string };

export type AccountValues = {
  readonly account: AccountRow;
  readonly pending: PendingAccount;
  /** what an archive of the learner's own had of its account: its code opens it again at any server */
  readonly restored: ArchivedAccount;
  readonly joining: JoiningRow;
  /** null: the learner wants none; absent: not asked yet */
  readonly server: { readonly address: Url | null };
  readonly sync: SyncRow;
  readonly 'profile-look': ProfileLookRow;
  readonly 'device-unlocker': DeviceUnlockerRow;
};

/** The rows that tie this browser to its account, to be read. */
export type ReadRows = {
  readonly get: <Key extends keyof AccountValues>(key: Key) => Promise<AccountValues[Key] | undefined>;
};

/** The same, to be written too. */
export type AccountRows = ReadRows & {
  readonly put: <Key extends keyof AccountValues>(key: Key, value: AccountValues[Key]) => Promise<void>;
  /**
   * Writes what `after` makes of the row as it is, in one step: what another context writes or removes meanwhile is
   * neither lost nor brought back. `undefined` leaves it as it is.
   */
  readonly change: <Key extends keyof AccountValues>(
    key: Key,
    after: (before: AccountValues[Key] | undefined) => AccountValues[Key] | undefined,
  ) => Promise<void>;
  readonly remove: (key: keyof AccountValues) => Promise<void>;
};

/** The rows in the learner's database. May stand inside a live query. */
export function readRows(store: Tables): ReadRows {
  return {
    get: async (key) => {
      const row = await store.keys.get(key);
      // Written below alone, under the type of its key.
      return row?.value as never;
    },
  };
}

/** The same, outside of any query. */
export function accountRows(store: BackpackDatabase = database): AccountRows {
  return {
    ...readRows(store),
    put: async (key, value) => {
      await store.keys.put({ key, value });
    },
    change: (key, after) =>
      store.write(['keys'], async (inside) => {
        const value = after(await readRows(inside).get(key));
        if (value !== undefined) await inside.keys.put({ key, value });
      }),
    remove: (key) => store.keys.delete(key),
  };
}
