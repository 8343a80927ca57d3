import type { Result } from '../model/result.ts';
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
 * All that syncing asks of a server. Both calls may be lost, doubled or repeated.
 * `push` gives the head that the commit became. Errors: `stale`, `revoked`, `refused-commit`, `quota`, `compacted`,
 * `unauthorized`, `too-many-requests`, `unavailable`, `companion-unreachable`, `companion-misbehaved`.
 */
export type SyncTransport = {
  readonly push: (push: Push) => Promise<Result<LogHead>>;
  readonly pull: (query: LogQuery) => Promise<Result<LogPage>>;
};
