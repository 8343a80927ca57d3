import { millisecondsOf } from '../../shared/model/brands.ts';
import type { AccountDeps } from '../actions/account-deps.ts';
import { syncNow } from '../actions/sync-now.ts';

export const syncAlarm = 'sync';
export const syncMinutes = 5;
/** How long after a change it is sent: several in a row go together. */
const settleMs = 2_000;
/** A pause that a stopped background would not sleep through; longer ones are left to the alarm. */
const longestTimerMs = 20_000;

export type SyncTriggers = {
  /** a change was saved */
  readonly changed: () => void;
  /** the learner asked */
  readonly now: () => Promise<void>;
  /** browser start and alarm */
  readonly due: () => Promise<void>;
};

/**
 * When to sync (design §5). The timer is only the quick way: should the background be stopped before it fires, the
 * change is still marked in the store, and the next alarm finds it.
 */
export function syncTriggers(
  deps: AccountDeps & { readonly noteDevice: () => Promise<void> },
  logged: (work: Promise<void>) => Promise<void>,
): SyncTriggers {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (milliseconds: number, asked: boolean): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void logged(round(asked)), milliseconds);
  };
  const round = async (asked: boolean): Promise<void> => {
    await deps.noteDevice();
    const outcome = await syncNow(deps, { asked });
    if (outcome?.kind !== 'failed') return;
    const pause = ((await deps.rows.get('sync'))?.notBefore ?? 0) - millisecondsOf(deps.clock());
    if (pause < longestTimerMs) later(Math.max(pause, 0) + 50, false);
  };
  return {
    changed: () => later(settleMs, true),
    now: () => round(true),
    due: () => round(false),
  };
}
