import { instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock, Fetcher, Random } from '../../shared/model/effects.ts';
import { ok } from '../../shared/model/result.ts';
import { type Log, nameOf } from '../log.ts';
import type { Storage } from '../storage/storage.ts';
import { leaseCheck, recheckBadge } from '../use-cases/recheck-badge.ts';
import type { Witness } from '../use-cases/state-seen.ts';
import { type FairTurns, fairTurns } from './fair-turns.ts';

/** How often the worker looks by itself. */
const roundMs = 30_000;
/** How often it looks for documents that nobody shows: that goes through all of them, and nobody waits for it. */
const documentsMs = 600_000;
const hourMs = 3600 * 1000;

export type WorkerDeps = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  /** a fetcher for one document */
  readonly fetchFor: () => Fetcher;
  readonly witness: Witness;
  readonly log: Log;
};

export type Worker = { readonly wake: () => void; readonly end: () => Promise<void> };

/** Does in the background what no request waits for: checks what is due, and forgets what is over. */
export function startWorker(deps: WorkerDeps): Worker {
  const ending = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let isWaiting = false;
  let sweptAt = Number.NEGATIVE_INFINITY;
  const turns = fairTurns((besides) => leaseCheck(besides, deps));
  const checking = new Set<Promise<void>>();
  // Whatever is still being checked, a place that is free is used at once.
  const check = () => {
    while (checking.size < checksAtOnce) {
      const place: Promise<void> = checkAllDue(turns, deps, ending.signal).finally(() =>
        checking.delete(place),
      );
      checking.add(place);
    }
  };
  const round = async () => {
    try {
      const now = millisecondsOf(deps.clock());
      await sweep(deps);
      if (Math.abs(now - sweptAt) >= documentsMs) {
        await sweepDocuments(deps);
        sweptAt = now;
      }
    } catch (thrown) {
      deps.log('worker-failed', nameOf(thrown));
    }
    check();
  };
  const wake = () => {
    // One round waits behind the running one, and takes in all that was asked for meanwhile.
    if (isWaiting || ending.signal.aborted) return;
    isWaiting = true;
    running = running.then(async () => {
      isWaiting = false;
      if (!ending.signal.aborted) await round();
    });
  };
  const timer = setInterval(wake, roundMs);
  wake();
  return {
    wake,
    end: async () => {
      clearInterval(timer);
      ending.abort();
      await running;
      await Promise.all(checking);
    },
  };
}

/** Each check waits for hosts most of the time, so a few run side by side. */
const checksAtOnce = 4;

async function checkAllDue(turns: FairTurns, deps: WorkerDeps, ending: AbortSignal): Promise<void> {
  const failed = (thrown: unknown) => deps.log('worker-failed', nameOf(thrown));
  while (!ending.aborted) {
    const check = await turns.next().catch(failed);
    if (!check) return;
    // Each document has its own count of fetches. One badge keeps nobody from the next.
    await recheckBadge(check, { ...deps, fetch: deps.fetchFor(), signal: ending }).catch(failed);
    turns.over(check.account);
  }
}

/** Forgets old requests, counts and turns, and what was seen of badges that no manifest names for an hour. */
async function sweep({ storage, clock }: WorkerDeps): Promise<void> {
  const now = clock();
  const hourAgo = instantOf(millisecondsOf(now) - hourMs);
  const swept = await storage.write(undefined, async ({ admission, mailboxes, sightings, turns }) => {
    await admission.sweep(now);
    await turns.sweep(millisecondsOf(now));
    await sightings.sweepUnnamed(hourAgo);
    // For a day it is still known that a mailbox was there, so that whoever comes late is told so.
    await mailboxes.sweep(now, instantOf(millisecondsOf(now) - 24 * hourMs));
    return ok(undefined);
  });
  if (!swept.ok) throw swept.error;
}

/** Forgets documents that arrived over an hour ago and that no manifest names. */
async function sweepDocuments({ storage, clock }: WorkerDeps): Promise<void> {
  const hourAgo = instantOf(millisecondsOf(clock()) - hourMs);
  for (const account of await storage.read(({ published }) => published.withUnnamed(hourAgo))) {
    const swept = await storage.write(account, async ({ published }) =>
      ok(await published.sweepUnnamed(account, hourAgo)),
    );
    if (!swept.ok) throw swept.error;
  }
}
