import { failed as fault, ok, type Result } from '../model/result.ts';
import { type Chain, extendToSnapshot } from './chain.ts';
import { type CommitOf, type ParsedCommit, parseCommits } from './commit.ts';
import { newEpochsOf, withEpochs } from './epochs.ts';
import type { HeldKeys } from './keyring.ts';
import { distrust, failed, keysFor, maxSteps, type Stopped, type SyncDeps, unreadable } from './round.ts';
import type { DistrustReason, Link } from './storage.ts';

/** Who may write at the newest snapshot, what that says, and the epochs that its key commits tell this device of. */
export type ChainAtSnapshot = {
  readonly chain: Chain;
  readonly snap: CommitOf<'snapshot'>['snap'];
  readonly epochs: HeldKeys['epochs'];
};

/**
 * Reads what is kept of the log up to its newest snapshot. Each page is judged as it comes and then let go, so that no
 * server fills the memory with commits that nobody signed (threat T9).
 */
export async function chainAtSnapshot(
  link: Link,
  deps: Omit<SyncDeps, 'signer'>,
): Promise<ChainAtSnapshot | Stopped> {
  let read: ReadSoFar = { told: [], isOther: false, hasKeyHead: false };
  for (let step = 0, more = true; more && step < maxSteps; step += 1) {
    const after = read.chain?.head.n ?? -1;
    const page = await deps.transport.snapshotCommits(after);
    if (!page.ok) return failed(page.error);
    const commits = await parseCommits(page.value.commits);
    const shown = commits?.at(-1)?.commit.n ?? Math.max(after, 0);
    if (commits === undefined) return unreadable(page.value.commits, deps, shown);
    const further = await readFurther(read, commits, link, deps);
    if (!further.ok) return distrust(further.error, deps, shown);
    read = further.value;
    ({ more } = page.value);
    if (more && commits.length === 0) return distrust('log-incomplete', deps, shown);
  }
  const { chain, snap, told } = read;
  const shown = chain?.head.n ?? 0;
  if (chain === undefined || snap === undefined) return distrust('log-differs', deps, shown);
  const against = contradiction(link, chain, read);
  if (against !== undefined) return distrust(against, deps, shown);
  const keys = keysFor(link, deps);
  return { chain, snap, epochs: newEpochsOf(keys, withEpochs(keys, told)) };
}

type ReadSoFar = {
  readonly chain?: Chain;
  readonly snap?: CommitOf<'snapshot'>['snap'];
  readonly told: HeldKeys['epochs'];
  /** whether a commit was among them that this device knows as another, and whether its own newest key commit was */
  readonly isOther: boolean;
  readonly hasKeyHead: boolean;
};

async function readFurther(
  before: ReadSoFar,
  commits: readonly ParsedCommit[],
  link: Link,
  { openEpochs }: Pick<SyncDeps, 'openEpochs'>,
): Promise<Result<ReadSoFar, DistrustReason>> {
  let read = before;
  for (const next of commits) {
    const { commit, hash } = next;
    if (commit.acct !== link.acct) return fault('commit-not-allowed');
    const chain = await extendToSnapshot(read.chain, next);
    if (!chain.ok) return fault(chain.error === 'out-of-place' ? 'log-differs' : 'commit-not-allowed');
    const told = commit.kind === 'key' ? await openEpochs(commit.key, commit.acct) : [];
    read = {
      chain: chain.value,
      ...(commit.kind === 'snapshot' ? { snap: commit.snap } : {}),
      told: [...read.told, ...told],
      isOther: read.isOther || (commit.n === link.known?.n && hash !== link.known.h),
      hasKeyHead: read.hasKeyHead || hash === link.chain?.keyHead,
    };
  }
  return ok(read);
}

/** What this device knows already and the snapshot denies. */
function contradiction(
  link: Link,
  chain: Chain,
  { isOther, hasKeyHead }: ReadSoFar,
): DistrustReason | undefined {
  if (link.chain !== undefined && chain.head.n <= link.chain.head.n) return 'log-went-back';
  // The commits between are gone, but never a key commit: those known here must be among them.
  if (link.chain !== undefined && !hasKeyHead) return 'log-differs';
  return isOther ? 'log-differs' : undefined;
}
