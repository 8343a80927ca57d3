import { instantOf } from '../shared/model/brands.ts';
import type { Clock, Fetcher, Random } from '../shared/model/effects.ts';
import {
  type MayReach,
  networkFetcher as networkFetcherOver,
  type PrivateHosts,
} from '../shared/verify/network-fetcher.ts';

/** How long one address may take, from asking to the last byte. */
export const fetchTimeoutMs = 15_000;

export const clock: Clock = () => instantOf(Date.now());

export const random: Random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

/**
 * The extension's way to the network. With host permissions a plain fetch would carry a site's cookies, those marked
 * `SameSite=Strict` too, so a page could press buttons elsewhere in the learner's name (threat T73).
 */
export function networkFetcher(
  privateHosts: PrivateHosts,
  timeoutMs: number = fetchTimeoutMs,
  mayReach?: MayReach,
): Fetcher {
  return networkFetcherOver(
    {
      send: (address, request) => fetch(address, request),
      clock,
      isOffline,
      ...(mayReach === undefined ? {} : { mayReach }),
    },
    privateHosts,
    timeoutMs,
  );
}

function isOffline(): boolean {
  return typeof navigator !== 'undefined' && navigator.onLine === false;
}
