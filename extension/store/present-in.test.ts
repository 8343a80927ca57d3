import { describe, expect, it } from 'vitest';
import { fewIds, keysPerId, presentIn } from './present-in.ts';

const named = (count: number, prefix = 'id') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

/** A table with these keys, and how often it was asked. */
function tableOf(keys: readonly string[]) {
  const asked: number[] = [];
  const keysUpTo = async (most: number) => {
    asked.push(most);
    return keys.slice(0, most);
  };
  return { asked, keysUpTo };
}

describe('what a table may have of many ids', () => {
  it('is what it has, in the order of the ids, where the table is small', async () => {
    const ids = named(100);
    expect(await presentIn(ids, tableOf([]).keysUpTo)).toEqual([]);
    const table = tableOf(['id70', 'other', 'id3']);
    expect(await presentIn(ids, table.keysUpTo)).toEqual(['id3', 'id70']);
    expect(table.asked).toHaveLength(1);
  });

  it('is all of them where the table is too large to be listed, and never one too few', async () => {
    const ids = named(100);
    const most = keysPerId * ids.length;
    const others = named(most - 1, 'other');
    expect(await presentIn(ids, tableOf([...others, 'id5']).keysUpTo)).toEqual(['id5']);
    expect(await presentIn(ids, tableOf([...others, 'other', 'id5']).keysUpTo)).toEqual(ids);
  });

  it('is not asked of the table for few', async () => {
    const table = tableOf([]);
    expect(await presentIn(named(fewIds), table.keysUpTo)).toEqual(named(fewIds));
    expect(table.asked).toEqual([]);
    expect(await presentIn(named(fewIds + 1), table.keysUpTo)).toEqual([]);
  });
});
