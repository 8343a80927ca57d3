import type { UnlockedDeps } from '../actions/account-deps.ts';
import { chooseServer, readServer } from '../actions/choose-server.ts';
import { createAccount } from '../actions/create-account.ts';
import { joinByRecoveryCode } from '../actions/join-by-recovery-code.ts';
import { isTypedBack, newRecoveryCode } from '../actions/new-recovery-code.ts';
import { unlock } from '../actions/unlock.ts';
import { companionAt } from '../companion.ts';
import { exchange } from '../companion-exchange.ts';
import { clock, random } from '../effects.ts';
import { accountRows } from '../store/account-rows.ts';
import { database } from '../store/database.ts';
import { syncStorage } from '../store/sync-storage.ts';
import { openRoot } from '../unlockers/open-root.ts';
import type { AccountActions, AccountState } from './account-actions.ts';
import { offlineAccount } from './offline-account.ts';

/** The account as this page deals with it. The opened root lives here, in memory, and nowhere else (design §2). */
export function pageAccount(): AccountActions {
  const rows = accountRows();
  const deps: UnlockedDeps = {
    rows,
    storage: syncStorage(clock),
    companion: (server) => companionAt(server, { exchange, clock, random }),
    clock,
    random,
    alone: (work) => navigator.locks.request('sync', work),
    root: openRoot(clock),
  };
  return {
    ...offlineAccount,
    readState: () => readState(deps),
    setServer: (server) => chooseServer(server, deps),
    newRecoveryCode: () => newRecoveryCode(random),
    isTypedBack,
    createAccount: (code) => createAccount(code, deps),
    join: (code) => joinByRecoveryCode(code, deps),
    isUnlocked: () => deps.root.keys() !== undefined,
    unlock: (code) => unlock(code, deps),
  };
}

/** Reads what the pages show; every table it asks is watched by the live query around it. */
async function readState({ rows }: UnlockedDeps): Promise<AccountState> {
  const [server, account, sync, link, unsent] = await Promise.all([
    readServer(rows),
    rows.get('account'),
    rows.get('sync'),
    database.link.get('link'),
    database.dirty.count(),
  ]);
  const enrolled = account?.enrolled === true ? account : undefined;
  return {
    server: enrolled?.server ?? server,
    ...(enrolled === undefined
      ? {}
      : {
          account: {
            since: enrolled.since,
            devices: (link?.chain?.devices ?? [enrolled.device]).map(({ kid }) => ({
              kid,
              here: kid === enrolled.device.kid,
            })),
          },
        }),
    sync: {
      unsent,
      running: sync?.started !== undefined && (sync.ended === undefined || sync.ended < sync.started),
      ...(sync?.last === undefined ? {} : { last: sync.last }),
      ...(sync?.failure === undefined ? {} : { failure: sync.failure }),
      distrust: link?.distrust !== undefined,
    },
  };
}
