import type { Url } from '../../shared/model/brands.ts';
import type { Clock, Random } from '../../shared/model/effects.ts';
import type { SyncStorage } from '../../shared/sync/storage.ts';
import type { Companion } from '../companion.ts';
import type { AccountRows } from '../store/account-rows.ts';
import type { OpenRoot } from '../unlockers/open-root.ts';

/** What the actions around the account ask of the world. */
export type AccountDeps = {
  readonly rows: AccountRows;
  readonly storage: SyncStorage;
  readonly companion: (server: Url) => Companion;
  readonly clock: Clock;
  readonly random: Random;
  /** runs one piece of syncing at a time, over all of the extension's contexts */
  readonly alone: <Value>(work: () => Promise<Value>) => Promise<Value>;
  /** at the first contact with an account: gives what was kept so far the stamps that the server's clock would have given */
  readonly correctClock: () => Promise<void>;
};

/** With the page's opened root: for what only the learner himself may sign. */
export type UnlockedDeps = AccountDeps & { readonly root: OpenRoot };
