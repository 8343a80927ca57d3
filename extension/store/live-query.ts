import type { Store } from './store.ts';

/**
 * Asks, and again whenever a table changes that was asked: here, in another tab, or in the background. Ends when its
 * answer is called. A change that comes while it is asking makes it ask once more.
 */
export function liveQuery<Tables extends object, Value>(
  store: Pick<Store<Tables, Tables>, 'noting' | 'onChange'>,
  query: (tables: Tables) => Promise<Value>,
  answered: (value: Value) => void,
  failed: (thrown: unknown) => void,
): () => void {
  const asked = new Set<string>();
  const tables = store.noting((table) => asked.add(table));
  let isAsking = false;
  let isStale = true;
  let isOver = false;
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    while (isStale && !isOver) {
      isStale = false;
      try {
        const value = await query(tables);
        if (!isOver) answered(value);
      } catch (thrown) {
        if (!isOver) failed(thrown);
      }
    }
    isAsking = false;
  };
  const forget = store.onChange((changed) => {
    if (!changed.some((table) => asked.has(table))) return;
    isStale = true;
    void ask();
  });
  void ask();
  return () => {
    isOver = true;
    forget();
  };
}
