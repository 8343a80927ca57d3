/** So many are simply asked for. */
export const fewIds = 16;
/** A table with more keys than this for each id that is asked for is not listed. */
export const keysPerId = 4;

/**
 * Those of the ids that a table may have, in their order. A page of the log names a thousand records, most of them new:
 * what a small table has of them is one question instead of a thousand. `keysUpTo`: the table's first keys.
 */
export async function presentIn<Id extends string>(
  ids: readonly Id[],
  keysUpTo: (most: number) => Promise<readonly Id[]>,
): Promise<readonly Id[]> {
  if (ids.length <= fewIds) return ids;
  const most = keysPerId * ids.length;
  const keys = await keysUpTo(most + 1);
  if (keys.length > most) return ids;
  const known = new Set(keys);
  return ids.filter((id) => known.has(id));
}
