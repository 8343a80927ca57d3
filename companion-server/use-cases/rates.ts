import { createHmac } from 'node:crypto';
import { instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Session, Storage } from '../storage/storage.ts';

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
  readonly pepper: Uint8Array;
};

/** Counts one event; `false`, and nothing more to do, when it is one too many. */
export async function countEvent(
  session: Session,
  rate: Rate,
  subject: string,
  deps: RateDeps,
): Promise<boolean> {
  const { name, ends } = counterOf(rate, subject, deps);
  return (await session.admission.count(name, ends)) <= rate.limit * deps.rateScale;
}

/** Whether the limit is reached already, without counting. */
export async function isUsedUp(
  rate: Rate,
  subject: string,
  deps: RateDeps & { readonly storage: Storage },
): Promise<boolean> {
  const { name } = counterOf(rate, subject, deps);
  const counted = await deps.storage.read(({ admission }) => admission.counted(name));
  return counted >= rate.limit * deps.rateScale;
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
  const counting = rates.flatMap((rate) => {
    const subject = subjectOf(rate);
    return subject === undefined ? [] : [{ rate, subject }];
  });
  if (counting.length === 0) return ok(undefined);
  const exceeded = await deps.storage.write<Rate | undefined>(undefined, async (session) => {
    // A success of the transaction, so that the event stays counted.
    for (const { rate, subject } of counting)
      if (!(await countEvent(session, rate, subject, deps))) return ok(rate);
    return ok(undefined);
  });
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

function counterOf(rate: Rate, subject: string, { clock, pepper }: RateDeps) {
  const window = rate.windowSeconds * 1000;
  const index = Math.floor(millisecondsOf(clock()) / window);
  const blinded = createHmac('sha256', pepper)
    .update(`rate|${rate.name}|${index}|${subject}`)
    .digest('base64url');
  return { name: blinded, ends: instantOf((index + 1) * window) };
}
