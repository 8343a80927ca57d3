import type { Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed } from '../../shared/model/result.ts';

/**
 * A fetcher that waits for at most so many answers at once. Who asks on behalf of strangers may wait long for hosts that
 * they choose, and holds a request's place meanwhile: so those are never all. Errors: `unavailable`, and the fetcher's.
 */
export function fewAtOnce(fetch: Fetcher, most: number): Fetcher {
  let waiting = 0;
  return async (request) => {
    if (waiting >= most) return failed(new BackpackError('unavailable'));
    waiting += 1;
    try {
      return await fetch(request);
    } finally {
      waiting -= 1;
    }
  };
}
