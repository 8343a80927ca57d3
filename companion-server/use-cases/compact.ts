import { type Instant, instantOf, millisecondsOf, type Sha256 } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { logKeptDays } from '../../shared/model/limits.ts';
import type { Chain } from '../../shared/sync/chain.ts';
import { type CommitOf, parseCommit } from '../../shared/sync/commit.ts';
import { sameSnapshot, snapshotOf } from '../../shared/sync/snapshot.ts';
import type { AccountId, KeptCommit, Session } from '../storage/storage.ts';

/** True when the records are what a snapshot says of them. */
export async function holds(
  snap: CommitOf<'snapshot'>['snap'],
  { acct, keyHead }: Chain,
  { snapshots }: Session,
): Promise<boolean> {
  return sameSnapshot(snap, await snapshotOf(keyHead, await snapshots.records(acct)));
}

/**
 * Makes the chain's head the newest snapshot, in the transaction that appended it, and drops what nobody needs any more:
 * commits before the snapshot before it that are older than a year. The genesis and key commits stay for ever, records
 * are none of this: the newest version of each is always there.
 */
export async function compact({ acct, keyHead, head }: Chain, session: Session, at: Instant): Promise<void> {
  const { snapshots } = session;
  const previous = await snapshots.of(acct);
  await snapshots.take(acct, head.n);
  if (previous === undefined) return;
  const arrivedBefore = instantOf(millisecondsOf(at) - logKeptDays * 24 * 60 * 60 * 1000);
  const needed = await keyCommitsUpTo(acct, keyHead, session);
  await snapshots.drop(
    acct,
    previous.n,
    arrivedBefore,
    needed.map(({ hash }) => hash),
  );
}

/** The genesis and all key commits up to `keyHead`, along the chain that they form of their own; oldest first. */
export async function keyCommitsUpTo(
  account: AccountId,
  keyHead: Sha256,
  { log }: Session,
): Promise<readonly KeptCommit[]> {
  const found: KeptCommit[] = [];
  for (let hash: Sha256 | undefined = keyHead; hash !== undefined; ) {
    const kept: KeptCommit | undefined = await log.findByHash(account, hash);
    const parsed = kept === undefined ? undefined : await parseCommit(kept.token);
    if (kept === undefined || parsed?.ok !== true) throw new BackpackError('unexpected', { member: 'keys' });
    found.push(kept);
    hash = parsed.value.commit.kind === 'key' ? parsed.value.commit.key.prevKey : undefined;
  }
  return found.reverse();
}
