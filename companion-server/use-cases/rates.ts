import type { KeyObject } from 'node:crypto';
import { instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Session, Storage } from '../storage/storage.ts';
import { blinded } from './blinded.ts';

/** How often something may happen in a window of time, and by whom it is counted. */
export type Rate = {
  readonly name: string;
  readonly per: 'address' | 'address-block' | 'account' | 'signer';
  readonly limit: number;
  readonly windowSeconds: 60 | 3600;
};

export type RateDeps = {
  readonly clock: Clock;
  readonly rateScale: number;
  /** blinds what is counted by, so that no address of a client is kept */
  readonly pepper: KeyObject;
};

/** One event by one rate, and who it is counted for. */
export type Counted = { readonly rate: Rate; readonly subject: string };

/** What is counted of an event: the rates that have a subject. */
export function countedOf(
  rates: readonly Rate[],
  subjectOf: (rate: Rate) => string | undefined,
): readonly Counted[] {
  return rates.flatMap((rate) => {
    const subject = subjectOf(rate);
    return subject === undefined ? [] : [{ rate, subject }];
  });
}

/** Counts one event by all its rates; answers the one of which it is one too many. */
export async function countEvent(
  session: Session,
  counted: readonly Counted[],
  deps: RateDeps,
): Promise<Rate | undefined> {
  const counters = counted.map(({ rate, subject }) => counterOf(rate, subject, deps));
  const amounts = await session.admission.count(counters);
  return counted.find(({ rate }, index) => (amounts[index] ?? 0) > rate.limit * deps.rateScale)?.rate;
}

/**
 * Counts one call by where it comes from. Errors: `too-many-requests`, with `seconds` to wait.
 * `subjectOf`: the client's address, or the block that it shares a limit with.
 */
export async function countCall(
  rates: readonly Rate[],
  subjectOf: (rate: Rate) => string | undefined,
  deps: RateDeps & { readonly storage: Storage },
): Promise<Result<void>> {
  const counted = countedOf(rates, subjectOf);
  if (counted.length === 0) return ok(undefined);
  // A success of the transaction, so that the event stays counted.
  const exceeded = await deps.storage.write(undefined, async (session) =>
    ok(await countEvent(session, counted, deps)),
  );
  if (!exceeded.ok) return exceeded;
  return exceeded.value === undefined ? ok(undefined) : failed(tooMany(exceeded.value, deps.clock));
}

/** The refusal of a call past its rate. */
export function tooMany(rate: Rate, clock: Clock): BackpackError {
  return new BackpackError('too-many-requests', { seconds: secondsLeft(rate, clock) });
}

/** Seconds until the running window of a rate ends. */
function secondsLeft(rate: Rate, clock: Clock): number {
  const window = rate.windowSeconds * 1000;
  return Math.ceil((window - (millisecondsOf(clock()) % window)) / 1000);
}

/** What is counted under, in the running window of a rate. */
export function counterOf(rate: Rate, subject: string, { clock, pepper }: RateDeps) {
  const window = rate.windowSeconds * 1000;
  const index = Math.floor(millisecondsOf(clock()) / window);
  const name = blinded(`rate|${rate.name}|${index}|${subject}`, pepper);
  return { name, windowEnds: instantOf((index + 1) * window) };
}
