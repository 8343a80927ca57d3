import type { Clock, Fetcher, Random } from '../../shared/model/effects.ts';
import type { PrivateHosts } from '../../shared/verify/network-fetcher.ts';
import type { BackpackDatabase } from '../store/database.ts';

/** All that actions ask of the world; each takes what it uses. */
export type ActionDeps = {
  readonly store: BackpackDatabase;
  readonly fetcher: (privateHosts: PrivateHosts) => Fetcher;
  readonly clock: Clock;
  readonly random: Random;
};
