import type { Kid, Sha256 } from '../model/brands.ts';
import type { Chain } from './chain.ts';
import type { Doc, DocId } from './doc.ts';
import type { HeldKeys } from './keyring.ts';
import type { PassedCommit } from './passed-commits.ts';
import type { AccountId, LogHead, RecordId } from './shapes.ts';
import type { Snapshot } from './snapshot.ts';
import type { Stamp } from './stamp.ts';

/** A document that differs from what the server has. `mark` changes with every change, so that a push clears only what it carried. */
export type DirtyMark = { readonly id: DocId; readonly mark: string };

/**
 * Where a record has got to, as the chain says. `blob`: it is a part of the bytes with this hash;
 * absent for documents.
 * `len` 0: the blob is gone.
 */
export type RecordState = {
  readonly id: RecordId;
  readonly rev: number;
  readonly h: Sha256;
  readonly len: number;
  readonly blob?: Sha256;
  /** with `blob`: of how many parts */
  readonly parts?: number;
};

/** One part of bytes that are kept by their hash: `id` is `hash|part`, parts count from 0. */
export type BlobPart = {
  readonly id: string;
  readonly hash: Sha256;
  readonly part: number;
  readonly parts: number;
  readonly bytes: Uint8Array;
};

/** The prepared push, exact bytes; at most one. `covers`: the dirty marks that it answers. */
export type Outbox = {
  readonly id: 'outbox';
  readonly commit: string;
  readonly records: readonly Uint8Array[];
  readonly states: readonly RecordState[];
  readonly covers: readonly DirtyMark[];
  readonly newestStamp: Stamp | '';
};

/** Why this device no longer believes its server (design §7). */
export type DistrustReason =
  | 'log-went-back'
  | 'log-differs'
  | 'log-incomplete'
  | 'commit-not-allowed'
  | 'revision-went-back'
  | 'bytes-differ'
  | 'cannot-open'
  | 'withheld'
  | ProfileFault;

/**
 * What is wrong with the learner's own page, as everybody is shown it: its mark fits no commit of this device's chain; it
 * is older than one that was there before; the account's identity has not signed it.
 */
export type ProfileFault = 'profile-differs' | 'profile-went-back' | 'profile-not-signed';

/** Commit `n`, by which the device `by` came back to a log that it had known up to `over` (design §7). */
export type Rejoined = { readonly n: number; readonly over: LogHead; readonly by: Kid };

/**
 * How far the records of a snapshot have been read: kept with each page, so that an interrupted start goes on where it
 * stood. `after`: the last record taken in; `isRead`: it was the last of all; `before`: what was known before.
 */
export type Starting = {
  readonly snap: Snapshot;
  readonly after: RecordId | '';
  readonly count: number;
  readonly isRead: boolean;
  readonly before: Chain | undefined;
};

/** The one row that ties this browser to an account. */
export type Link = {
  readonly id: 'link';
  readonly acct: AccountId;
  /** `undefined` until the genesis has been read; its head is the cursor */
  readonly chain: Chain | undefined;
  /** records the chain names whose bytes have not come yet; at the head there must be none */
  readonly waiting: readonly RecordId[];
  readonly distrust?: DistrustReason;
  /** with `distrust`: where the log ended that the server showed */
  readonly shown?: number;
  /** while this device goes back to a server that has lost its memory: what it knew before */
  readonly remembered?: Chain;
  /** how a device last came back to a log that had lost commits */
  readonly rejoined?: Rejoined;
  /** the latest stamp that any device has pushed; new ones are made after it */
  readonly newestStamp: Stamp | '';
  /** a head that another device of the learner's told this one of when it joined: the log must pass through it */
  readonly known?: LogHead;
  /** keys of epochs that began after this browser was enrolled, as handles; written with the page that brought them */
  readonly epochs?: HeldKeys['epochs'];
  /** number of the last commit of the log, when its newest page came */
  readonly logEnd?: number;
  /** while this device reads the records of a snapshot, at which `chain` stands, because the log before it is gone */
  readonly starting?: Starting;
  /** milliseconds since 1970: when bytes that no document names any more are to be deleted */
  readonly sweepAt?: number;
};

/**
 * Rows under their `id`. `list` gives the first `limit` in the order of their ids; `each` walks through all of them one
 * by one, so that a large table is never in memory; `keys` gives the ids alone.
 */
export type Rows<Row extends { readonly id: string }> = {
  readonly get: (ids: readonly string[]) => Promise<readonly (Row | undefined)[]>;
  readonly put: (rows: readonly Row[]) => Promise<void>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
  readonly list: (limit: number) => Promise<readonly Row[]>;
  readonly each: (visit: (row: Row) => void) => Promise<void>;
  readonly keys: () => Promise<readonly string[]>;
};

export type SyncTables = {
  readonly docs: Rows<Doc>;
  readonly dirty: Rows<DirtyMark>;
  readonly records: Rows<RecordState>;
  readonly blobs: Rows<BlobPart>;
  readonly outbox: Rows<Outbox>;
  readonly link: Rows<Link>;
  /** the commits that the chain has passed, as many as are kept */
  readonly passed: Rows<PassedCommit>;
};

/**
 * A device's own store, as far as syncing needs it. `work` awaits nothing but its tables (an IndexedDB transaction ends
 * at any other wait). `write` is one transaction: all of it, durable once it resolves, or nothing of it.
 */
export type SyncStorage = {
  readonly read: <Value>(work: (tables: SyncTables) => Promise<Value>) => Promise<Value>;
  readonly write: <Value>(work: (tables: SyncTables) => Promise<Value>) => Promise<Value>;
};
