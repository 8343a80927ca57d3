import { millisecondsOf } from '../../shared/model/brands.ts';
import type { Random } from '../../shared/model/effects.ts';
import { asBackpackError, type BackpackError } from '../../shared/model/errors.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { epochsByBox } from '../../shared/sync/epochs.ts';
import type { RoundOutcome } from '../../shared/sync/round.ts';
import { syncRound } from '../../shared/sync/sync-round.ts';
import type { AccountRow, SyncRow } from '../store/account-rows.ts';
import type { AccountDeps } from './account-deps.ts';
import { readUnlockers } from './read-unlockers.ts';

/** Longest pause between two tries of its own accord. */
export const maxBackOffMs = 5 * 60 * 1000;
const firstBackOffMs = 500;

/**
 * One round of syncing with the learner's server, alone among all contexts. `asked`: a click or a change just made;
 * otherwise it keeps to the pause that earlier failures have earned. Gives the outcome, `undefined` when it was not yet
 * time.
 */
export async function syncNow(
  deps: AccountDeps,
  { asked }: { readonly asked: boolean },
): Promise<RoundOutcome | undefined> {
  const { rows } = deps;
  if ((await rows.get('account'))?.enrolled !== true) return { kind: 'no-account' };
  return deps.alone(async () => {
    const row = await rows.get('account');
    if (row?.enrolled !== true) return { kind: 'no-account' };
    const before = (await rows.get('sync')) ?? { failures: 0, notBefore: 0 };
    // Removed from the backpack: only the learner can do something about it.
    if (!asked && before.failure?.code === 'revoked') return undefined;
    const now = millisecondsOf(deps.clock());
    // A clock that was set back must not hold syncing up for longer than the longest pause.
    if (!asked && now < before.notBefore && before.notBefore - now <= maxBackOffMs) return undefined;
    await rows.put('sync', { ...before, started: deps.clock() });
    try {
      const outcome = await withUnlockers(await withRoom(() => roundOf(row, deps)), row, deps);
      await rows.put('sync', syncRowAfter(outcome, before, deps));
      return outcome;
    } catch (thrown) {
      // The learner is told of this too; the edge that catches it keeps the cause.
      const outcome = { kind: 'failed', error: asBackpackError(thrown) } as const;
      await rows.put('sync', syncRowAfter(outcome, before, deps));
      throw thrown;
    }
  });
}

async function roundOf(row: AccountRow, deps: AccountDeps): Promise<RoundOutcome> {
  const signer = await deviceSigner(row);
  return syncRound({
    storage: deps.storage,
    transport: deps.companion(row.server).transport({ signer, acct: row.acct }),
    keys: row.held,
    openEpochs: epochsByBox(row.device, row.box),
    signer,
    random: deps.random,
    clock: deps.clock,
  });
}

/** What came in and finds no room here is told like any failure, and asked for again; all else is thrown on. */
async function withRoom(round: () => Promise<RoundOutcome>): Promise<RoundOutcome> {
  try {
    return await round();
  } catch (thrown) {
    const error = asBackpackError(thrown);
    if (error.code !== 'no-space') throw thrown;
    return { kind: 'failed', error };
  }
}

/** Another device may have changed how the backpack is opened: this one keeps a copy, so that it needs no server. */
async function withUnlockers(
  outcome: RoundOutcome,
  row: AccountRow,
  deps: AccountDeps,
): Promise<RoundOutcome> {
  if (outcome.kind !== 'synced' || outcome.head === undefined) return outcome;
  const unlockers = await readUnlockers(outcome.head, row, deps);
  return unlockers.ok ? outcome : { kind: 'failed', error: unlockers.error };
}

/** 0.5 s, doubled with each failure, full jitter, at most 5 minutes (design §5). */
export function backOffMs(failures: number, random: Random): number {
  const [high = 0, low = 0] = random(2);
  const ceiling = Math.min(maxBackOffMs, firstBackOffMs * 2 ** Math.min(failures, 20));
  return Math.floor((ceiling * (high * 256 + low)) / 65_536);
}

function syncRowAfter(outcome: RoundOutcome, before: SyncRow, deps: AccountDeps): SyncRow {
  const ended = deps.clock();
  if (outcome.kind === 'failed') {
    const failures = before.failures + 1;
    const pause = Math.max(backOffMs(failures, deps.random), retryAfterMs(outcome.error));
    const { code, facts } = outcome.error;
    return {
      ...before,
      ended,
      failures,
      notBefore: millisecondsOf(ended) + Math.min(pause, maxBackOffMs),
      failure: { code, facts },
    };
  }
  const last = outcome.kind === 'synced' ? ended : before.last;
  return { ended, failures: 0, notBefore: 0, ...(last === undefined ? {} : { last }) };
}

function retryAfterMs(error: BackpackError): number {
  const seconds = error.facts['seconds'];
  return typeof seconds === 'number' ? seconds * 1000 : 0;
}
