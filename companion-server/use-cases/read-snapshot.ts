import { BackpackError } from '../../shared/model/errors.ts';
import { maxPageCommits, maxSnapshotPageRecords, pageRecordBytes } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { SnapshotCommits, SnapshotPage, SnapshotQuery } from '../../shared/sync/transport.ts';
import type { AccountId, Storage } from '../storage/storage.ts';
import { keyCommitsUpTo } from './compact.ts';
import { countFitting } from './pages.ts';

/** What is kept of the log up to its newest snapshot, which is the last. Errors: `not-found`. */
export function readSnapshotCommits(
  account: AccountId,
  after: number,
  storage: Storage,
): Promise<Result<SnapshotCommits>> {
  return storage.read(async (session) => {
    const found = await session.accounts.find(account);
    const snapshot = await session.snapshots.of(account);
    if (found === undefined || snapshot === undefined) return failed(new BackpackError('not-found'));
    const keys = await keyCommitsUpTo(account, found.chain.keyHead, session);
    const last = await session.log.commits(account, snapshot.n - 1, snapshot.n);
    const wanted = [...keys.filter(({ n }) => n < snapshot.n), ...last].filter(({ n }) => n > after);
    const tokens = wanted.map(({ token }) => token);
    const fitting = countFitting(
      tokens.map((token) => token.length),
      maxPageCommits,
    );
    return ok({ more: fitting < tokens.length, commits: tokens.slice(0, fitting) });
  });
}

/** A page of its records. Errors: `compacted` where another snapshot is the newest, `not-found` where there is none. */
export function readSnapshotRecords(
  account: AccountId,
  { n, after }: SnapshotQuery,
  storage: Storage,
): Promise<Result<SnapshotPage>> {
  return storage.read(async ({ snapshots }) => {
    const snapshot = await snapshots.of(account);
    if (snapshot === undefined) return failed(new BackpackError('not-found'));
    if (snapshot.n !== n) return failed(new BackpackError('compacted'));
    const found = await snapshots.entries(account, after, maxSnapshotPageRecords + 1);
    const fitting = countFitting(
      found.map(({ isCurrent, len }) => pageRecordBytes + (isCurrent ? len : 0)),
      maxSnapshotPageRecords,
    );
    const entries = found.slice(0, fitting);
    const here = entries.filter(({ isCurrent, len }) => isCurrent && len > 0).map(({ id }) => id);
    const records = await snapshots.bytesOf(account, here);
    return ok({ more: fitting < found.length, entries, records });
  });
}
