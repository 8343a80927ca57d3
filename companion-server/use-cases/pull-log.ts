import type { Sha256 } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxPageBytes, pageRecordBytes } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { LogPage, LogQuery, SealedRecord } from '../../shared/sync/transport.ts';
import type { AccountId, CommitWeight, Storage } from '../storage/storage.ts';

/** A page of an account's log, read from one moment of the storage. Errors: `not-found`, `compacted`. */
export async function pullLog(
  account: AccountId,
  query: LogQuery,
  storage: Storage,
): Promise<Result<LogPage>> {
  return storage.read(async ({ accounts, log, snapshots }) => {
    const found = await accounts.find(account);
    if (found === undefined) return failed(new BackpackError('not-found'));
    const { head } = found.chain;
    const keptFrom = (await snapshots.of(account))?.keptFrom ?? 0;
    if (query.after < keptFrom - 1) return failed(new BackpackError('compacted'));
    const upTo = lastOf(await log.weights(account, query.after, query.limit), query.after);
    const commits = await log.commits(account, query.after, upTo);
    const records = await log.recordsOf(account, query.after, upTo);
    return ok({ head, more: upTo < head.n, commits: commits.map(({ token }) => token), records });
  });
}

/** The newest sealed version of one record. Errors: `not-found`, also for a blob that is gone. */
export async function readRecord(
  account: AccountId,
  id: Sha256,
  storage: Storage,
): Promise<Result<SealedRecord>> {
  const record = await storage.read(({ log }) => log.record(account, id));
  return record === undefined || record.bytes.length === 0
    ? failed(new BackpackError('not-found'))
    : ok(record);
}

/** The last commit that a page takes in: before it weighs too much, but one at least. */
function lastOf(weights: readonly CommitWeight[], after: number): number {
  let last = after;
  let total = 0;
  for (const { n, length, records, recordBytes } of weights) {
    total += length + records * pageRecordBytes + recordBytes;
    if (total > maxPageBytes && last !== after) break;
    last = n;
  }
  return last;
}
