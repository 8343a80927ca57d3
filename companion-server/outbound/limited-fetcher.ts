import type { Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed } from '../../shared/model/result.ts';

/** Fetches that one document may cause (design §11). */
export const maxFetchesPerDocument = 10;

/** A fetcher for the verification of one document, which may cause at most 10 fetches (T39). */
export function limitedFetcher(fetch: Fetcher): Fetcher {
  let left = maxFetchesPerDocument;
  return async (request) => {
    if (left === 0) return failed(new BackpackError('too-many-requests', { limit: maxFetchesPerDocument }));
    left -= 1;
    return fetch(request);
  };
}
