import type { Url } from '../shared/model/brands.ts';
import type { AccountDeps } from './actions/account-deps.ts';
import { type Companion, companionAt } from './companion.ts';
import { exchange } from './companion-exchange.ts';
import { clock, random } from './effects.ts';
import { accountRows } from './store/account-rows.ts';
import { correctClock } from './store/clock.ts';
import type { BackpackDatabase } from './store/database.ts';
import { syncStorage } from './store/sync-storage.ts';

/** A change of the server's clock against ours that is worth writing down. */
const noticeableMs = 2_000;

/** The real world for the actions around the account, in whichever context they run. */
export function accountEffects(store: BackpackDatabase): AccountDeps {
  let noted: number | undefined;
  // Kept, because each knows the newest nonce: without it every round would begin with asking for one.
  const companions = new Map<Url, Companion>();
  const noteServerTime = (milliseconds: number): void => {
    const offset = milliseconds - Date.now();
    if (noted !== undefined && Math.abs(offset - noted) < noticeableMs) return;
    noted = offset;
    // The header counts whole seconds: less than that is no difference.
    const value = Math.abs(offset) < noticeableMs ? 0 : offset;
    void store.local.put({ key: 'clock-offset', value });
  };
  return {
    rows: accountRows(store),
    storage: syncStorage(clock, store),
    companion: (server) => {
      const companion =
        companions.get(server) ?? companionAt(server, { exchange, clock, random, noteServerTime });
      companions.set(server, companion);
      return companion;
    },
    clock,
    random,
    // The lock ends with the context that holds it, so a stopped background blocks nobody.
    alone: (work) => navigator.locks.request('sync', work),
    correctClock: () => correctClock(store, clock),
  };
}
