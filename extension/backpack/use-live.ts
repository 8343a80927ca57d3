import { type Inputs, useEffect, useState } from 'preact/hooks';
import { asBackpackError, type BackpackError } from '../../shared/model/errors.ts';
import { database, type Tables } from '../store/database.ts';
import { liveQuery } from '../store/live-query.ts';

/** What a live query has answered so far. */
export type Live<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: BackpackError }
  | { readonly state: 'ready'; readonly value: Value };

/** Reads the store, and again whenever what was read changes: here, in another tab, or in the background. */
export function useLive<Value>(query: (store: Tables) => Promise<Value>, inputs: Inputs): Live<Value> {
  const [live, setLive] = useState<Live<Value>>({ state: 'loading' });
  useEffect(() => {
    setLive({ state: 'loading' });
    return liveQuery(
      database,
      query,
      (value) => setLive({ state: 'ready', value }),
      (thrown) => setLive({ state: 'failed', error: asBackpackError(thrown) }),
    );
  }, inputs);
  return live;
}
