import { type Instant, instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock, Fetcher, Random } from '../../shared/model/effects.ts';
import { ok } from '../../shared/model/result.ts';
import type { AccountId, KeptCheck, NewSighting, Storage } from '../storage/storage.ts';
import { checkDocument, type Finding, findingsText, readFindings } from './published-badge.ts';
import { stateSeen, type Witness } from './state-seen.ts';

/** A worker that dies holds up nobody for longer than this. */
export const leaseMs = 60_000;
/** Ends before the lease does, so that no two workers ever check the same badge. */
const checkTimeoutMs = 50_000;
const dayMs = 24 * 3600 * 1000;
const retryMs = 3600 * 1000;

type Deps = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: Fetcher;
  /** signs what was seen */
  readonly witness: Witness;
  /** ends a check when the server ends; its lease runs out and another worker does it */
  readonly signal?: AbortSignal;
};

/** Takes the check of the one published badge that has waited longest, of none of the accounts in `besides`. */
export async function leaseCheck(
  besides: readonly AccountId[],
  { storage, clock }: Pick<Deps, 'storage' | 'clock'>,
): Promise<KeptCheck | undefined> {
  const now = clock();
  const [until, latest] = [later(now, leaseMs), later(now, 2 * dayMs)];
  const leased = await storage.write(undefined, async ({ checks }) =>
    ok(await checks.lease(now, { until, latest, limit: 1, besides })),
  );
  if (!leased.ok) throw leased.error;
  return leased.value[0];
}

/**
 * Checks a published badge, for this server itself. An issuer who does not answer leaves what was found before, with its
 * time.
 */
export async function recheckBadge(check: KeptCheck, deps: Deps): Promise<void> {
  const { storage, clock } = deps;
  const document = await storage.read(({ published }) => published.document(check.account, check.document));
  // Unpublished meanwhile: its row went with it.
  if (document === undefined) return;
  const timeout = AbortSignal.timeout(checkTimeoutMs);
  const signal = deps.signal === undefined ? timeout : AbortSignal.any([timeout, deps.signal]);
  const { finding, snapshot } = await checkDocument(document.bytes, { fetch: deps.fetch, clock, signal });
  if (deps.signal?.aborted === true) return;
  const at = clock();
  const { outcome } = finding.verdict;
  // Silence is no statement of anybody's.
  const signed =
    outcome === 'unreachable'
      ? {}
      : { statement: await stateSeen(check.document, finding.verdict, snapshot, at, deps.witness) };
  await keep(check, finding, { outcome, at, ...signed }, deps);
}

function later(instant: Instant, ms: number): Instant {
  return instantOf(millisecondsOf(instant) + ms);
}

async function keep(
  check: KeptCheck,
  finding: Finding,
  seen: NewSighting,
  { storage, random }: Deps,
): Promise<void> {
  const { at } = seen;
  const { account, document } = check;
  const before = readFindings(check.result);
  const answered = finding.verdict.outcome !== 'unreachable';
  const findings = answered ? { ...before, checked: finding } : before;
  const checkedAt = answered ? at : (check.checkedAt ?? at);
  const kept = await storage.write(account, async ({ checks, published, sightings }) => {
    // Unpublished meanwhile: its row went with it, and nothing more is kept of it.
    if (!(await published.present(account, [document])).has(document)) return ok(undefined);
    const inARow = await sightings.add(account, document, seen);
    const wait = answered ? untilNext(finding, millisecondsOf(at), random) : untilRetry(inARow);
    const due = instantOf(millisecondsOf(at) + wait);
    await checks.finish({ account, document, checkedAt, result: findingsText(findings) }, due);
    await published.dropPages(account);
    return ok(undefined);
  });
  if (!kept.ok) throw kept.error;
}

/** An hour after the first silence, then twice as long each time, up to a day: who is gone is not pestered. */
function untilRetry(silences: number): number {
  return Math.min(retryMs * 2 ** Math.min(silences - 1, 10), dayMs);
}

/** A day, give or take a tenth, so that badges published together are not checked together for ever; sooner at its end. */
function untilNext({ badge }: Finding, now: number, random: Random): number {
  const [byte = 0] = random(1);
  const day = dayMs * (0.9 + (0.2 * byte) / 255);
  const end = badge?.expires === undefined ? Number.NaN : millisecondsOf(badge.expires) - now;
  return end > 0 && end < day ? end + 1000 : day;
}
