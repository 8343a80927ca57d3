import { millisecondsOf } from '../model/brands.ts';
import { BackpackError } from '../model/errors.ts';
import { maxPageCommits } from '../model/limits.ts';
import { allStates, applyPage, statesOf } from './apply-page.ts';
import { entriesOf, type ParsedCommit, parseCommits } from './commit.ts';
import { beginToLook } from './look-into-record.ts';
import { readPage } from './read-page.ts';
import { readingAhead } from './reading-ahead.ts';
import {
  distrust,
  failed,
  isStill,
  keysFor,
  linkOf,
  maxSteps,
  type RoundOutcome,
  type Stopped,
  type SyncDeps,
  sweepDelayMs,
  unreadable,
} from './round.ts';
import type { RecordId } from './shapes.ts';
import { readSnapshotPage, startAtSnapshot } from './start-at-snapshot.ts';
import type { Link, RecordState, SyncTables } from './storage.ts';

/**
 * Pulls to the head and pushes nothing: how a joining device reads the account before it is enrolled.
 * Outcomes as of `syncRound`.
 */
export async function pullToHead(given: Omit<SyncDeps, 'signer'>): Promise<RoundOutcome> {
  const deps = withPagesAhead(given);
  for (let step = 0; step < maxSteps; step += 1) {
    const link = await linkOf(deps.storage);
    if (link === undefined) return { kind: 'no-account' };
    if (link.distrust !== undefined) return { kind: 'distrust', reason: link.distrust };
    const pulled = await pullPage(link, deps);
    if (pulled.kind === 'failed' || pulled.kind === 'distrust') return pulled;
    if (pulled.kind === 'at-head') return { kind: 'synced', head: (await linkOf(deps.storage))?.chain };
  }
  return failed(new BackpackError('unavailable', { reason: 'too many steps' }));
}

/** The same, with the next page on its way and its records looked into while the one before it is stored. */
export function withPagesAhead<Deps extends Pick<SyncDeps, 'transport' | 'keys'>>(given: Deps): Deps {
  return {
    ...given,
    transport: readingAhead(given.transport, ({ records }) => beginToLook(records, given.keys)),
  };
}

/** One page further along the log, believed and merged; what it may not believe stops syncing. */
export async function pullPage(
  link: Link,
  deps: Omit<SyncDeps, 'signer'>,
): Promise<{ kind: 'at-head' | 'more' } | Stopped> {
  if (link.starting !== undefined) return readSnapshotPage(link, link.starting, deps);
  const pulled = await deps.transport.pull({ after: link.chain?.head.n ?? -1, limit: maxPageCommits });
  if (!pulled.ok)
    return pulled.error.code === 'compacted' ? startAtSnapshot(link, deps) : failed(pulled.error);
  const commits = await parseCommits(pulled.value.commits);
  if (commits === undefined) return unreadable(pulled.value.commits, deps, pulled.value.head.n);
  const known = await deps.storage.read(async (tables) =>
    (await isStill(link, tables)) ? statesFor(commits, tables) : undefined,
  );
  if (known === undefined) return { kind: 'more' };
  const page = await readPage(link, pulled.value, commits, known, keysFor(link, deps), deps.openEpochs);
  if (!page.ok) return distrust(page.error, deps, pulled.value.head.n);
  const sweepAt = millisecondsOf(deps.clock()) + sweepDelayMs;
  const applied = await deps.storage.write((tables) => applyPage(link, page.value, sweepAt, tables));
  return { kind: applied && !pulled.value.more ? 'at-head' : 'more' };
}

/** What is known of the records that the commits name; of all records where one says something about all. */
function statesFor(
  commits: readonly ParsedCommit[],
  tables: SyncTables,
): Promise<ReadonlyMap<RecordId, RecordState>> {
  if (commits.some(({ commit }) => commit.kind === 'snapshot')) return allStates(tables);
  const ids = commits.flatMap(({ commit }) => entriesOf(commit).map(({ id }) => id));
  return statesOf(ids, tables);
}
