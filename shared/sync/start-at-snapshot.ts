import { millisecondsOf } from '../model/brands.ts';
import { failed as fault, ok, type Result } from '../model/result.ts';
import { allStates, applyPage, statesOf } from './apply-page.ts';
import type { Chain } from './chain.ts';
import { chainAtSnapshot } from './chain-at-snapshot.ts';
import type { RecordEntry } from './commit.ts';
import { beginPassed } from './passed-commits.ts';
import { openRecords, type ReadPage } from './read-page.ts';
import { distrust, failed, isStill, keysFor, type Stopped, type SyncDeps, sweepDelayMs } from './round.ts';
import type { RecordId } from './shapes.ts';
import { sameSnapshot, snapshotOf } from './snapshot.ts';
import type { DistrustReason, Link, RecordState, Starting } from './storage.ts';
import type { SnapshotPage } from './transport.ts';

type Deps = Omit<SyncDeps, 'signer'>;
type Step = { kind: 'more' } | Stopped;

/**
 * The commits after this device's cursor are gone (design §8): it takes its stand at the newest snapshot, with who may
 * write as the genesis and all key commits say. The records are then read page by page, and believed for good only when
 * all of them together are what the snapshot says. What this device knew and has not sent stays as it is.
 */
export async function startAtSnapshot(link: Link, deps: Deps): Promise<Step> {
  const read = await chainAtSnapshot(link, deps);
  if ('kind' in read) return read;
  const { chain, epochs } = read;
  const starting = { snap: read.snap, after: '' as const, count: 0, isRead: false, before: link.chain };
  await deps.storage.write(async (tables) => {
    const [current] = await tables.link.get(['link']);
    if (current === undefined || !(await isStill(link, tables))) return;
    const { known, ...kept } = current;
    const isPassed = known === undefined || chain.head.n >= known.n;
    const held = [...(current.epochs ?? []), ...epochs];
    await tables.link.put([
      {
        ...kept,
        ...(isPassed ? {} : { known }),
        ...(held.length === 0 ? {} : { epochs: held }),
        chain,
        waiting: [],
        starting,
      },
    ]);
  });
  return { kind: 'more' };
}

/** The next page of records, or after the last the judgement of all. */
export async function readSnapshotPage(link: Link, starting: Starting, deps: Deps): Promise<Step> {
  const { chain } = link;
  if (chain === undefined) return abandon(link, starting, deps);
  if (starting.isRead) return conclude(link, chain, starting, deps);
  const pulled = await deps.transport.snapshotRecords({ n: chain.head.n, after: starting.after });
  if (!pulled.ok) {
    // There is a newer one, and only its records are all there.
    return pulled.error.code === 'compacted' ? abandon(link, starting, deps) : failed(pulled.error);
  }
  const ids = pulled.value.entries.map(({ id }) => id);
  const known = await deps.storage.read(async (tables) =>
    (await isStill(link, tables)) ? statesOf(ids, tables) : undefined,
  );
  if (known === undefined) return { kind: 'more' };
  const page = await readRecords(link, chain, starting, pulled.value, known, deps);
  if (!page.ok) return distrust(page.error, deps, chain.head.n);
  const sweepAt = millisecondsOf(deps.clock()) + sweepDelayMs;
  const next: Starting = {
    ...starting,
    after: ids.at(-1) ?? starting.after,
    count: starting.count + ids.length,
    isRead: !pulled.value.more,
  };
  await deps.storage.write(async (tables) => {
    const [before] = await tables.link.get(['link']);
    if (before?.starting?.after !== starting.after) return;
    if (!(await applyPage(link, page.value, sweepAt, tables))) return;
    const [current] = await tables.link.get(['link']);
    if (current !== undefined) await tables.link.put([{ ...current, starting: next }]);
  });
  return { kind: 'more' };
}

async function readRecords(
  link: Link,
  chain: Chain,
  { after, count, snap }: Starting,
  page: SnapshotPage,
  known: ReadonlyMap<RecordId, RecordState>,
  deps: Deps,
): Promise<Result<ReadPage, DistrustReason>> {
  if (page.more && page.entries.length === 0) return fault('log-incomplete');
  // How many there are was signed; a list without end would fill this browser (threat T9).
  if (count + page.entries.length > snap.count) return fault('log-differs');
  let last: string = after;
  for (const { id, rev, h } of page.entries) {
    if (id <= last) return fault('log-differs');
    last = id;
    const before = known.get(id);
    if (before !== undefined && rev < before.rev) return fault('revision-went-back');
    if (before?.rev === rev && before.h !== h) return fault('bytes-differ');
  }
  const entries = new Map<RecordId, RecordEntry>(page.entries.map((entry) => [entry.id, entry]));
  const opened = await openRecords(page.records, entries, known, keysFor(link, deps));
  if (!opened.ok) return opened;
  const { docs, parts, states, arrived } = opened.value;
  // Changed since the snapshot: the commits that follow bring them, or they are withheld.
  const later = page.entries.filter(({ id, len }) => len > 0 && !arrived.has(id)).map(({ id }) => id);
  const waiting = [...new Set([...link.waiting, ...later])];
  const unchanged = { passed: [], epochs: [], rejoined: undefined, logEnd: undefined };
  return ok({ chain, states, docs, parts, waiting, ...unchanged });
}

/** All records together are what an enrolled device has signed for, or nothing of it is believed. */
async function conclude(link: Link, chain: Chain, { snap }: Starting, deps: Deps): Promise<Step> {
  const states = await deps.storage.read(async (tables) =>
    (await isStill(link, tables)) ? allStates(tables) : undefined,
  );
  if (states === undefined) return { kind: 'more' };
  if (!sameSnapshot(snap, await snapshotOf(chain.keyHead, states.values())))
    return distrust('log-differs', deps, chain.head.n);
  await deps.storage.write(async (tables) => {
    const [current] = await tables.link.get(['link']);
    if (current?.starting?.isRead !== true) return;
    const { starting: _, ...started } = current;
    await tables.link.put([started]);
    await beginPassed(chain.head, tables);
  });
  return { kind: 'more' };
}

/** Goes back to what was known before, from where the newest snapshot is asked for again. */
async function abandon(link: Link, { before }: Starting, deps: Deps): Promise<Step> {
  await deps.storage.write(async (tables) => {
    const [current] = await tables.link.get(['link']);
    if (current?.chain?.head.h !== link.chain?.head.h || current?.starting === undefined) return;
    const { starting: _, ...rest } = current;
    await tables.link.put([{ ...rest, chain: before }]);
  });
  return { kind: 'more' };
}
