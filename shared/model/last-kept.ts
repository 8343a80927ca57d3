/** Most that is kept: the keys of the badges that are looked at together. */
export const maxKept = 64;

export type LastKept<Value> = {
  readonly get: (name: string) => Value | undefined;
  /** Keeps the value, gives it back, and forgets the one that has been kept longest when there are too many. */
  readonly keep: (name: string, value: Value) => Value;
};

/** What was worked out of late, by name, at most `most` of them: for what costs as much to make as to use. */
export function lastKept<Value>(most: number = maxKept): LastKept<Value> {
  const kept = new Map<string, Value>();
  return {
    get: (name) => kept.get(name),
    keep: (name, value) => {
      const oldest = kept.keys().next();
      if (kept.size >= most && !kept.has(name) && !oldest.done) kept.delete(oldest.value);
      kept.set(name, value);
      return value;
    },
  };
}
