import { BackpackError } from '../shared/model/errors.ts';

/** One request's place among those that are worked on. Taking a place twice, or freeing it twice, changes nothing. */
export type Place = { readonly take: () => boolean; readonly free: () => void };

export type Capacity = { readonly place: () => Place; readonly refusal: () => BackpackError };

/** Waiting clients come again over so many seconds, and not all at once. */
const spreadSeconds = 5;

/** Named in the log; one for all, because under load there are many. */
const atCapacity = Object.assign(new Error('more requests than are worked on at once'), {
  name: 'AtCapacity',
});

/**
 * Bounds how many requests are worked on at once. Past it each answer would come later and later, until clients give
 * up and ask again, and nothing is done in time; refused at once, they cost next to nothing.
 */
export function capacityOf(maxRequests: number): Capacity {
  let taken = 0;
  let refused = 0;
  return {
    place: () => {
      let isTaken = false;
      return {
        take: () => {
          if (isTaken) return true;
          if (taken >= maxRequests) return false;
          taken += 1;
          isTaken = true;
          return true;
        },
        free: () => {
          if (isTaken) taken -= 1;
          isTaken = false;
        },
      };
    },
    refusal: () => {
      refused += 1;
      return new BackpackError('unavailable', { seconds: 1 + (refused % spreadSeconds) }, atCapacity);
    },
  };
}
