import { millisecondsOf } from '../model/brands.ts';
import { BackpackError } from '../model/errors.ts';
import { blobNamesOf } from './blob-names.ts';
import { hashOfBlobPartId } from './blobs.ts';
import { extendChain } from './chain.ts';
import { parseCommit } from './commit.ts';
import { exists } from './doc.ts';
import { notePassed } from './passed-commits.ts';
import { prepareDeletions, preparePush, prepareSnapshot } from './prepare-push.ts';
import { pullPage, withPagesAhead } from './pull-log.ts';
import {
  distrust,
  failed,
  keysFor,
  maxSteps,
  type RoundOutcome,
  type Stopped,
  type SyncDeps,
  sweepDelayMs,
} from './round.ts';
import { commitsPerSnapshot } from './snapshot.ts';
import { laterStamp } from './stamp.ts';
import type { Link, Outbox, RecordState, SyncStorage } from './storage.ts';

/**
 * One round of syncing (design §5): push what was prepared, pull to the head, seal what is dirty, and again until there
 * is nothing to do. It may be killed at any point and simply begins anew. One runner at a time is the caller's to see to;
 * a second one wastes work and harms nothing.
 */
export async function syncRound(given: SyncDeps): Promise<RoundOutcome> {
  const deps = withPagesAhead(given);
  let refusals = 0;
  let mayCompact = true;
  let full: BackpackError | undefined;
  let atHead = false;
  for (let step = 0; step < maxSteps; step += 1) {
    if (deps.signal?.aborted === true) return failed(new BackpackError('unavailable', { reason: 'stopped' }));
    const { link, outbox } = await position(deps.storage);
    if (link === undefined) return { kind: 'no-account' };
    if (link.distrust !== undefined) return { kind: 'distrust', reason: link.distrust };
    // The chain itself says so, whatever the server goes on to take and to give.
    if (link.chain?.revoked.includes(deps.signer.kid) === true) return failed(new BackpackError('revoked'));
    if (outbox !== undefined) {
      const pushed = await pushOutbox(link, outbox, deps);
      if (pushed === 'accepted') continue;
      atHead = false;
      if (pushed === 'dropped') continue;
      if (pushed.kind === 'failed' && pushed.error.code === 'quota' && full === undefined) {
        // What others sent still comes in, and what was removed here still goes.
        full = pushed.error;
        await drop(outbox, deps);
        continue;
      }
      if (pushed.kind !== 'failed' || pushed.error.code !== 'refused-commit') return pushed;
      // It carries nothing of the learner's: a server that will not compact has all the same.
      if (isSnapshot(outbox)) mayCompact = false;
      if (isSnapshot(outbox)) continue;
      // Once, because the log may have moved in a way that only a pull shows; then it is the server's last word.
      refusals += 1;
      if (refusals > 1) return pushed;
    } else if (!atHead) {
      const pulled = await pullPage(link, deps);
      if (pulled.kind === 'failed' || pulled.kind === 'distrust') return pulled;
      atHead = pulled.kind === 'at-head';
    } else if (!(await prepareNext(link, { mayCompact, isFull: full !== undefined }, deps))) {
      return full === undefined ? { kind: 'synced', head: link.chain } : failed(full);
    }
  }
  return failed(new BackpackError('unavailable', { reason: 'too many steps' }));
}

async function position(
  storage: SyncStorage,
): Promise<{ link: Link | undefined; outbox: Outbox | undefined }> {
  return storage.read(async (tables) => {
    const [link] = await tables.link.get(['link']);
    const [outbox] = await tables.outbox.get(['outbox']);
    return { link, outbox };
  });
}

async function pushOutbox(
  link: Link,
  outbox: Outbox,
  deps: SyncDeps,
): Promise<'accepted' | 'dropped' | Stopped> {
  const commit = await parseCommit(outbox.commit);
  const next =
    commit.ok && link.chain !== undefined ? await extendChain(link.chain, commit.value) : undefined;
  if (next?.ok !== true) return drop(outbox, deps);
  const pushed = await deps.transport.push({ commit: outbox.commit, records: outbox.records });
  if (!pushed.ok) {
    // Its documents stay dirty; should it have arrived after all, pulling brings it back and clears them.
    if (pushed.error.code === 'stale' || pushed.error.code === 'refused-commit') await drop(outbox, deps);
    return pushed.error.code === 'stale' ? 'dropped' : failed(pushed.error);
  }
  const { head } = next.value;
  if (pushed.value.n !== head.n || pushed.value.h !== head.h)
    return distrust('log-differs', deps, pushed.value.n);
  await deps.storage.write(async (tables) => {
    const [current] = await tables.link.get(['link']);
    const [sent] = await tables.outbox.get(['outbox']);
    if (current?.chain?.head.h !== link.chain?.head.h || sent?.commit !== outbox.commit) return;
    if (current === undefined) return;
    await tables.records.put(outbox.states);
    await notePassed([head], tables);
    const marks = await tables.dirty.get(outbox.covers.map(({ id }) => id));
    const settled = outbox.covers.filter((cover, index) => marks[index]?.mark === cover.mark);
    await tables.dirty.remove(settled.map(({ id }) => id));
    await tables.outbox.remove(['outbox']);
    const docs = await tables.docs.get(outbox.covers.map(({ id }) => id));
    const erased = docs.some((doc) => doc !== undefined && !exists(doc));
    const newestStamp = laterStamp(current.newestStamp, outbox.newestStamp);
    const sweepAt = erased ? millisecondsOf(deps.clock()) + sweepDelayMs : current.sweepAt;
    await tables.link.put([
      { ...current, chain: next.value, newestStamp, ...(sweepAt === undefined ? {} : { sweepAt }) },
    ]);
  });
  return 'accepted';
}

async function drop(outbox: Outbox, deps: SyncDeps): Promise<'dropped'> {
  await deps.storage.write(async (tables) => {
    const [current] = await tables.outbox.get(['outbox']);
    if (current?.commit === outbox.commit) await tables.outbox.remove(['outbox']);
  });
  return 'dropped';
}

/** Writes the next commit into the outbox; `false` when there is none. `isFull`: the server takes no more than it has. */
async function prepareNext(
  link: Link,
  { mayCompact, isFull }: { readonly mayCompact: boolean; readonly isFull: boolean },
  deps: SyncDeps,
): Promise<boolean> {
  if (link.chain === undefined) return false;
  const keys = keysFor(link, deps);
  const isLong = link.chain.head.n - (link.chain.snapshot ?? 0) >= commitsPerSnapshot;
  const outbox =
    (await preparePush(link.chain, { ...deps, keys }, isFull ? 'removals' : 'all')) ??
    (await prepareSweep(link, deps)) ??
    (isLong && mayCompact ? await prepareSnapshot(link.chain, deps) : undefined);
  if (outbox === undefined) return false;
  await deps.storage.write(async (tables) => {
    const [current] = await tables.link.get(['link']);
    if (current?.chain?.head.h === link.chain?.head.h) await tables.outbox.put([outbox]);
  });
  return true;
}

function isSnapshot({ states }: Outbox): boolean {
  return states.length === 0;
}

/**
 * Deletes bytes that no document names any more, a day after a document was erased, so that until then an undo still
 * finds them. Deletion of what another device names again meanwhile loses against the log and is planned anew.
 */
async function prepareSweep(link: Link, deps: SyncDeps): Promise<Outbox | undefined> {
  if (link.chain === undefined || link.sweepAt === undefined) return undefined;
  if (millisecondsOf(deps.clock()) < link.sweepAt) return undefined;
  const gone = await deps.storage.write(async (tables) => {
    const named = new Set<string>();
    await tables.docs.each((doc) => {
      for (const hash of blobNamesOf(doc)) named.add(hash);
    });
    const states: RecordState[] = [];
    await tables.records.each((state) => {
      if (state.blob !== undefined && state.len > 0 && !named.has(state.blob)) states.push(state);
    });
    // Until the log has taken their deletion another device may name them again, and would not send them anew.
    const kept = new Set([...named, ...states.flatMap(({ blob }) => blob ?? [])]);
    const keys = await tables.blobs.keys();
    await tables.blobs.remove(keys.filter((key) => !kept.has(hashOfBlobPartId(key))));
    const [current] = await tables.link.get(['link']);
    if (states.length === 0 && current !== undefined) {
      const { sweepAt: _, ...rest } = current;
      await tables.link.put([rest]);
    }
    return states;
  });
  return gone.length === 0 ? undefined : prepareDeletions(link.chain, gone, deps.signer);
}
