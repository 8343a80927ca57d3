import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Storage } from '../storage/storage.ts';
import { countCall, counterOf, type Rate, type RateDeps, tooMany } from './rates.ts';

/** How often an attempt may fail in a window of time. Once that is used up, none is made. */
export type FailureRate = Rate & {
  /**
   * `before` it is made: for what could be guessed. Each is counted as failed until it has ended, so of those made at
   * once, at whichever processes, no more are made than may fail.
   * `after` it failed: for what comes often, and is worth nothing to guess at. Those made at once are all made.
   */
  readonly counted: 'before' | 'after';
};

export type Attempted<Outcome> = {
  readonly attempt: () => Promise<Outcome>;
  readonly hasFailed: (outcome: Outcome) => boolean;
};

type Deps = RateDeps & { readonly storage: Storage };

/** When others may be tried again that are only waiting for the outcome of those before them. */
const waitSeconds = 1;

/** Makes an attempt if it may still fail. Errors: `too-many-requests`, with `seconds` to wait. */
export async function attemptOnce<Outcome>(
  { attempt, hasFailed }: Attempted<Outcome>,
  rate: FailureRate,
  subject: string,
  deps: Deps,
): Promise<Result<Outcome>> {
  const begin = rate.counted === 'before' ? countedBefore : countedAfter;
  const begun = await begin(rate, subject, deps);
  if (!begun.ok) return begun;
  const end = begun.value;
  const outcome = await attempt().catch(async (thrown: unknown) => {
    await end(false);
    throw thrown;
  });
  const ended = await end(hasFailed(outcome));
  return ended.ok || !hasFailed(outcome) ? ok(outcome) : ended;
}

/** Ends an attempt. Errors: `too-many-requests`, where it failed as one too many of those made at once. */
type End = (hasFailed: boolean) => Promise<Result<unknown>>;

async function countedAfter(rate: Rate, subject: string, deps: Deps): Promise<Result<End>> {
  const { name } = counterOf(rate, subject, deps);
  const amount = await deps.storage.ask(({ admission }) => admission.counted(name));
  if (amount >= rate.limit * deps.rateScale) return failed(tooMany(rate, deps.clock));
  return ok(async (hasFailed) => (hasFailed ? countCall([rate], () => subject, deps) : ok(undefined)));
}

/** Two counts, of the same window: what failed or may yet, and how much of that is still under way. */
function countedBefore(rate: Rate, subject: string, deps: Deps): Promise<Result<End>> {
  const { storage, clock, rateScale } = deps;
  const limit = rate.limit * rateScale;
  const failures = counterOf(rate, subject, deps);
  const underWay = counterOf({ ...rate, name: `${rate.name}-under-way` }, subject, deps);
  return storage.write(undefined, async ({ admission }) => {
    const [mayFail = 0, open = 0] = await admission.count([failures, underWay]);
    // Either refusal undoes both counts.
    if (mayFail > limit && mayFail - open >= limit) return failed(tooMany(rate, clock));
    if (mayFail > limit) return failed(new BackpackError('too-many-requests', { seconds: waitSeconds }));
    return ok((hasFailed) =>
      storage.write(undefined, async (later) => {
        // In the order in which they were counted, so that no two wait for one another.
        if (!hasFailed) await later.admission.takeBack(failures.name);
        return ok(await later.admission.takeBack(underWay.name));
      }),
    );
  });
}
