import type { Result } from '../model/result.ts';
import type { RecordEntry } from './commit.ts';
import type { LogHead, RecordId } from './shapes.ts';

/** The newest sealed version of one record. */
export type SealedRecord = { readonly id: RecordId; readonly rev: number; readonly bytes: Uint8Array };

/** Commits after `after` (-1: from the genesis on), at most `limit`. */
export type LogQuery = { readonly after: number; readonly limit: number };

/** `head`: of the whole log at the moment of reading; `more`: the log goes on after the last commit here. */
export type LogPage = {
  readonly head: LogHead;
  readonly more: boolean;
  readonly commits: readonly string[];
  readonly records: readonly SealedRecord[];
};

/** A commit, and the sealed bytes of its records in the commit's own order; nothing for one whose `len` is 0. */
export type Push = { readonly commit: string; readonly records: readonly Uint8Array[] };

/**
 * What is kept of the log up to the newest snapshot however much was compacted: the genesis, key commits, and the
 * snapshot itself as the last; those after `after`, `more` when there are further ones.
 */
export type SnapshotCommits = { readonly more: boolean; readonly commits: readonly string[] };

/** Records as the snapshot commit `n` found them, in the order of their ids; `after`: the last that is known already. */
export type SnapshotQuery = { readonly n: number; readonly after: RecordId | '' };

/** `records`: the bytes of those that are the same to this day; all others come with the commits that follow. */
export type SnapshotPage = {
  readonly more: boolean;
  readonly entries: readonly RecordEntry[];
  readonly records: readonly SealedRecord[];
};

/**
 * All that syncing asks of a server. Each call may be lost, doubled or repeated.
 * `pull` fails with `compacted` where commits after the cursor are gone: then the device starts at the newest snapshot,
 * `snapshotRecords` with the same where there is a newer snapshot by now.
 * `push` gives the head that the commit became. Errors: `stale`, `revoked`, `refused-commit`, `quota`, `compacted`,
 * `unauthorized`, `too-many-requests`, `unavailable`, `companion-unreachable`, `companion-misbehaved`.
 */
export type SyncTransport = {
  readonly push: (push: Push) => Promise<Result<LogHead>>;
  readonly pull: (query: LogQuery) => Promise<Result<LogPage>>;
  readonly snapshotCommits: (after: number) => Promise<Result<SnapshotCommits>>;
  readonly snapshotRecords: (query: SnapshotQuery) => Promise<Result<SnapshotPage>>;
};
