import type { Handle, Instant, Kid, Sha256 } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import type { BadgeSeen } from '../../shared/model/page-data.ts';
import type { Result } from '../../shared/model/result.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import type { Chain } from '../../shared/sync/chain.ts';
import type { RecordEntry } from '../../shared/sync/commit.ts';
import type { LogHead, SigningKey } from '../../shared/sync/shapes.ts';
import type { KeptUnlocker } from '../../shared/sync/unlocker.ts';

/**
 * Everything the server remembers, in the domain's words. What engine keeps it is nobody else's matter.
 * A `write` is one transaction: it is kept, durably, when `work` succeeds, and leaves no trace when it fails or throws.
 * Writes of one account come one after another; `undefined` where no account is concerned, or where each statement
 * decides by itself. `work` may be run again from its beginning, when its first run met another transaction.
 * A `read` sees one moment, however many questions it asks; an `ask` is one question alone, and the way to the database
 * and back is taken once. Both throw `unavailable`.
 * Errors: those of `work`, `quota` when the disk is full, `unavailable`.
 */
export type Storage = {
  readonly read: <Value>(work: (session: Session) => Promise<Value>) => Promise<Value>;
  readonly ask: <Value>(question: (session: Session) => Promise<Value>) => Promise<Value>;
  readonly write: <Value>(
    account: AccountId | undefined,
    work: (session: Session) => Promise<Result<Value>>,
  ) => Promise<Result<Value>>;
  readonly close: () => Promise<void>;
};

export type Session = {
  readonly accounts: Accounts;
  readonly log: Log;
  readonly snapshots: Snapshots;
  readonly unlockers: Unlockers;
  readonly mailboxes: Mailboxes;
  readonly handles: Handles;
  readonly published: Published;
  readonly listed: Listed;
  readonly closures: Closures;
  readonly checks: Checks;
  readonly sightings: Sightings;
  readonly admission: Admission;
  readonly turns: Turns;
};

export type AccountId = Sha256;

export type Account = {
  readonly chain: Chain;
  /** sealed bytes of its records, and how many have any */
  readonly usedBytes: number;
  readonly liveRecords: number;
};

export type Accounts = {
  readonly find: (id: AccountId) => Promise<Account | undefined>;
  /** `false` when it is there already */
  readonly open: (chain: Chain, at: Instant) => Promise<boolean>;
  /** Moves the head, and what else the chain says. `false` when the head is not `from` any more. */
  readonly advance: (from: LogHead, to: Account) => Promise<boolean>;
  /** Removes every trace of the account but the reservation of its handle. */
  readonly erase: (id: AccountId) => Promise<void>;
};

export type RecordState = { readonly id: Sha256; readonly rev: number; readonly length: number };
export type KeptRecord = { readonly id: Sha256; readonly rev: number; readonly bytes: Uint8Array };
export type NewRecord = KeptRecord & { readonly hash: Sha256; readonly n: number };
export type KeptCommit = { readonly n: number; readonly hash: Sha256; readonly token: string };

export type Log = {
  readonly append: (account: AccountId, commit: KeptCommit, at: Instant) => Promise<void>;
  readonly findByHash: (account: AccountId, hash: Sha256) => Promise<KeptCommit | undefined>;
  /** Commits after `after` in order, with the sealed bytes of the records last written by each. */
  readonly weights: (account: AccountId, after: number, limit: number) => Promise<readonly CommitWeight[]>;
  readonly commits: (account: AccountId, after: number, upTo: number) => Promise<readonly KeptCommit[]>;
  readonly recordsOf: (account: AccountId, after: number, upTo: number) => Promise<readonly KeptRecord[]>;
  readonly states: (account: AccountId, ids: readonly Sha256[]) => Promise<readonly RecordState[]>;
  /** Those that have bytes, in the order of their ids. */
  readonly recordsByName: (
    account: AccountId,
    after: string,
    limit: number,
  ) => Promise<readonly RecordState[]>;
  readonly record: (account: AccountId, id: Sha256) => Promise<KeptRecord | undefined>;
  readonly putRecords: (account: AccountId, records: readonly NewRecord[]) => Promise<void>;
};

/** The newest snapshot of a log, and from which commit on all are there. */
export type KeptSnapshot = { readonly n: number; readonly keptFrom: number };
export type SnapshotEntry = RecordEntry & { /** still in this version */ readonly isCurrent: boolean };

export type Snapshots = {
  readonly of: (account: AccountId) => Promise<KeptSnapshot | undefined>;
  /** Every record as it stands, gone ones too. */
  readonly records: (account: AccountId) => Promise<readonly RecordEntry[]>;
  /** Makes commit `n` the newest snapshot, of the records as they stand. */
  readonly take: (account: AccountId, n: number) => Promise<void>;
  /** In the order of their ids. */
  readonly entries: (account: AccountId, after: string, limit: number) => Promise<readonly SnapshotEntry[]>;
  /** `ids`: in order, of records that follow one another or nearly so. */
  readonly bytesOf: (account: AccountId, ids: readonly Sha256[]) => Promise<readonly KeptRecord[]>;
  /** Drops commits before `n` that came before `arrivedBefore`, but the genesis and those in `needed`. */
  readonly drop: (
    account: AccountId,
    n: number,
    arrivedBefore: Instant,
    needed: readonly Sha256[],
  ) => Promise<void>;
};

export type CommitWeight = {
  readonly n: number;
  readonly length: number;
  readonly records: number;
  readonly recordBytes: number;
};

export type Unlockers = {
  readonly of: (account: AccountId) => Promise<readonly KeptUnlocker[]>;
  /** `false` when its id, or the key that asks for it, is in use. */
  readonly add: (account: AccountId, unlocker: KeptUnlocker, kid: Kid | undefined) => Promise<boolean>;
  readonly remove: (account: AccountId, id: string) => Promise<boolean>;
  readonly byRecoveryKid: (kid: Kid) => Promise<{ account: AccountId; unlocker: KeptUnlocker } | undefined>;
  readonly byCredential: (credential: string) => Promise<KnownPasskey | undefined>;
  /** `false` when it was not `from` any more. */
  readonly countUses: (credential: string, from: number, to: number) => Promise<boolean>;
};

export type KnownPasskey = {
  readonly account: AccountId;
  readonly unlocker: KeptUnlocker;
  /** as the authenticator counts its signatures; 0 where it does not */
  readonly uses: number;
};

/** A letter to a device that joins, or what is left of it once it was fetched. */
export type KeptLetter = {
  readonly account: AccountId;
  /** '' once it was fetched */
  readonly box: string;
  readonly closesAt: Instant;
};

export type Mailboxes = {
  readonly find: (id: string) => Promise<KeptLetter | undefined>;
  /** `false` when there is one of that name. */
  readonly fill: (id: string, letter: KeptLetter) => Promise<boolean>;
  /** Empties it for good; `false` when somebody else was faster. */
  readonly empty: (id: string) => Promise<boolean>;
  /** Erases letters whose time is over, and forgets mailboxes that closed before `forgottenBefore`. */
  readonly sweep: (now: Instant, forgottenBefore: Instant) => Promise<void>;
};

export type HandleState = {
  readonly handle: Handle;
  /** absent when it was released */
  readonly owner?: AccountId;
  /** blinded name of the last owner, who may come back */
  readonly formerOwner: string;
  readonly releasedAt?: Instant;
};

export type Handles = {
  readonly of: (account: AccountId) => Promise<Handle | undefined>;
  readonly find: (handle: Handle) => Promise<HandleState | undefined>;
  /** `false` when anyone has it, or the account another: the unique indexes decide. */
  readonly claim: (handle: Handle, owner: AccountId, blindedOwner: string) => Promise<boolean>;
  /** Takes over one released by this owner, or released before `releasedBefore`. */
  readonly reclaim: (
    handle: Handle,
    owner: AccountId,
    blindedOwner: string,
    releasedBefore: Instant,
  ) => Promise<boolean>;
  /** Its owner's kept pages go with it. `leadsOn`: another is taken in its place, and it leads there. */
  readonly release: (owner: AccountId, at: Instant, leadsOn: boolean) => Promise<void>;
  /** The handle that the owner of this one took in its place after `movedAfter`, if his profile is not closed. */
  readonly successor: (handle: Handle, movedAfter: Instant) => Promise<Handle | undefined>;
  /** No handle that the account had before leads to the one that it has any more. */
  readonly endRedirects: (owner: AccountId) => Promise<void>;
};

export type KeptManifest = {
  readonly account: AccountId;
  readonly handle: Handle;
  readonly slug: string;
  readonly seq: number;
  readonly hash: Sha256;
  readonly token: string;
};

export type PublishedDocument = {
  readonly hash: Sha256;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

export type Published = {
  readonly manifest: (account: AccountId, slug: string) => Promise<KeptManifest | undefined>;
  /** As visitors are shown it, by its name: `undefined` while the operator has closed the profile. */
  readonly shownAt: (handle: Handle, slug: string) => Promise<KeptManifest | undefined>;
  /** Puts the manifest in the place of `fromSeq` (0: of none); `false` when that is not what stands. */
  readonly replaceManifest: (
    manifest: KeptManifest,
    fromSeq: number,
    names: readonly Sha256[],
  ) => Promise<boolean>;
  readonly slugs: (account: AccountId) => Promise<readonly string[]>;
  readonly removeManifest: (account: AccountId, slug: string) => Promise<void>;
  readonly usage: (account: AccountId) => Promise<{ documents: number; bytes: number }>;
  /** Which of these are there. */
  readonly present: (account: AccountId, hashes: readonly Sha256[]) => Promise<ReadonlySet<Sha256>>;
  /** `false` when it was there; its time of arrival is renewed either way. */
  readonly putDocument: (account: AccountId, document: PublishedDocument, at: Instant) => Promise<boolean>;
  readonly hashesAfter: (account: AccountId, after: string, limit: number) => Promise<readonly Sha256[]>;
  /** `maxBytes`: a longer one is not even read, and answered like none. */
  readonly document: (
    account: AccountId,
    hash: Sha256,
    maxBytes?: number,
  ) => Promise<PublishedDocument | undefined>;
  /** A document that some live manifest names, of a profile that is not closed; nothing else is public. */
  readonly publicDocument: (hash: Sha256) => Promise<PublishedDocument | undefined>;
  readonly mediaTypes: (
    account: AccountId,
    hashes: readonly Sha256[],
  ) => Promise<ReadonlyMap<Sha256, string>>;
  /** Deletes the account's documents that no manifest names. */
  readonly dropUnnamed: (account: AccountId) => Promise<void>;
  /** Accounts with documents that came before `before` and that no manifest names. */
  readonly withUnnamed: (before: Instant) => Promise<readonly AccountId[]>;
  /** Deletes those of one account. */
  readonly sweepUnnamed: (account: AccountId, before: Instant) => Promise<void>;
  /** The page at an address, unless its profile is closed; `known`: the tag of the one that the asker has. */
  readonly page: (path: string, known: string) => Promise<FoundPage | undefined>;
  readonly keepPage: (page: KeptPage) => Promise<void>;
  readonly dropPages: (account: AccountId) => Promise<void>;
};

/** What the operator decided about a profile: nothing of it is readable, and nothing is published, until it is undone. */
export type Closure = { readonly closure: 'taken-down' | 'suspended'; readonly at: Instant };

export type Closures = {
  readonly of: (account: AccountId) => Promise<Closure | undefined>;
  readonly put: (account: AccountId, closure: Closure) => Promise<void>;
  /** `false` when there was none. */
  readonly remove: (account: AccountId) => Promise<boolean>;
  readonly all: () => Promise<readonly (Closure & { readonly handle: Handle })[]>;
};

/** Profiles that search engines may list, in the order of their handles. */
export type Listed = {
  readonly put: (account: AccountId, handle: Handle, at: Instant) => Promise<void>;
  readonly remove: (account: AccountId) => Promise<void>;
  /** The one that stands so many places after `from`, which counts from its own place, or from where it would be. */
  readonly nth: (from: string, places: number) => Promise<Handle | undefined>;
  /** Those from `from` on, itself among them. */
  readonly from: (from: string, limit: number) => Promise<readonly ListedProfile[]>;
};

export type ListedProfile = { readonly handle: Handle; readonly changedAt: Instant };

/** A page as it was last rendered. */
export type KeptPage = {
  readonly account: AccountId;
  /** its address on this server */
  readonly path: string;
  readonly version: string;
  readonly tag: string;
  readonly html: string;
};

/** The same for whoever asks for it; without its text where that is known. */
export type FoundPage = Pick<KeptPage, 'version' | 'tag'> & { readonly html: string | Bytes | null };

/** What this server itself found out about one published badge. */
export type KeptCheck = {
  readonly account: AccountId;
  readonly document: Sha256;
  /** absent before the first check is done */
  readonly checkedAt?: Instant;
  /** what was found, as JSON text */
  readonly result?: string;
};

export type Checks = {
  /** Makes a row, due at `due`, for each badge that has none, and makes those due that are to be checked anew. */
  readonly schedule: (account: AccountId, documents: readonly Sha256[], due: Instant) => Promise<void>;
  readonly of: (account: AccountId, documents: readonly Sha256[]) => Promise<ReadonlyMap<Sha256, KeptCheck>>;
  /** Those of which nothing is known yet. */
  readonly unread: (account: AccountId, documents: readonly Sha256[]) => Promise<ReadonlySet<Sha256>>;
  /** Keeps what the learner's own documents say, where nothing is known yet. */
  readonly record: (account: AccountId, document: Sha256, result: string) => Promise<void>;
  /**
   * Takes what is due, for one worker alone until `until`, and nothing of the accounts in `besides`. What is of a closed
   * profile waits until it is open. A time after `latest` was written by a clock that was wrong, and holds up nobody.
   */
  readonly lease: (
    now: Instant,
    lease: {
      readonly until: Instant;
      readonly latest: Instant;
      readonly limit: number;
      readonly besides?: readonly AccountId[];
    },
  ) => Promise<readonly KeptCheck[]>;
  readonly finish: (check: Required<KeptCheck>, due: Instant) => Promise<void>;
  readonly dropUnnamed: (account: AccountId) => Promise<void>;
};

export type Sighting = BadgeSeen & {
  /** of the first and the last of them, signed by this server; none where nobody answered */
  readonly statements: readonly string[];
};
export type NewSighting = { readonly outcome: Outcome; readonly at: Instant; readonly statement?: string };

export type Sightings = {
  /** Answers how many checks in a row have found the same by now. */
  readonly add: (account: AccountId, document: Sha256, seen: NewSighting) => Promise<number>;
  /** oldest first */
  readonly of: (account: AccountId, document: Sha256) => Promise<readonly Sighting[]>;
  /** The same of several badges, without what was signed of it. */
  readonly runs: (
    account: AccountId,
    documents: readonly Sha256[],
  ) => Promise<ReadonlyMap<Sha256, readonly BadgeSeen[]>>;
  /** Remembers of each since when no manifest names it: from `at` on, unless it was so before. */
  readonly noteNamed: (account: AccountId, at: Instant) => Promise<void>;
  readonly dropAll: (account: AccountId) => Promise<void>;
  /** Deletes what no manifest has named since before `before`. */
  readonly sweepUnnamed: (before: Instant) => Promise<void>;
};

export type Admission = {
  /** The key of a device or of the account itself; `undefined` when the account names no such key. */
  readonly signer: (account: AccountId, kid: Kid) => Promise<KnownSigner | undefined>;
  /** `false` when this request was seen before. `signer`: the blinded name of the key that signed it. */
  readonly rememberRequest: (signer: string, jti: string, until: Instant) => Promise<boolean>;
  /** Counts one more under each name, and answers the new amounts in the same order. */
  readonly count: (counters: readonly Counter[]) => Promise<readonly number[]>;
  readonly counted: (name: string) => Promise<number>;
  /** Counts one less under a name, where it still is. */
  readonly takeBack: (name: string) => Promise<void>;
  /** Forgets requests and counts whose time is over. */
  readonly sweep: (now: Instant) => Promise<void>;
};

/** What counts within a window of time, after which it is forgotten. */
export type Counter = { readonly name: string; readonly windowEnds: Instant };

/** When hosts may be asked, for all processes together. Times in milliseconds since 1970, hosts by blinded names. */
export type Turns = {
  /**
   * Takes the next turn at a host, and answers when the one after it is; `undefined`, and nothing is taken, where it is
   * more than `aheadMs` off, or where there are too many hosts.
   */
  readonly take: (
    host: string,
    now: number,
    pace: { readonly intervalMs: number; readonly aheadMs: number },
  ) => Promise<number | undefined>;
  /** Forgets hosts that nobody waits for any more. */
  readonly sweep: (now: number) => Promise<void>;
};

export type KnownSigner = {
  readonly kind: 'device' | 'account';
  readonly key: SigningKey;
  readonly revoked: boolean;
};
