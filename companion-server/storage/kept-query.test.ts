import { afterEach, describe, expect, it } from 'vitest';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { keptQuery } from './kept-query.ts';
import { openStorage } from './open-storage.ts';

afterEach(removeDatabases);

describe('a query that is put together once', () => {
  it('asks with the values of each call, however many they are', async () => {
    const kept = await newDatabase();
    await (await openStorage(kept.place)).close();
    let built = 0;
    const add = keptQuery((db, ends: string, rows: readonly (readonly [name: string, amount: number])[]) => {
      built += 1;
      return db
        .insertInto('counters')
        .values(rows.map(([name, amount]) => ({ name, amount, window_ends: ends })));
    });
    const over = keptQuery((db, least: number, names: readonly string[]) =>
      db
        .selectFrom('counters')
        .select(['name', 'amount', 'window_ends as ends'])
        .where('amount', '>', least)
        .where('amount', '<', 100)
        .where('name', 'in', names)
        .orderBy('name'),
    );
    await kept.with(async (database) => {
      const added = await add(database, 'soon', [
        ['a', 1],
        ['b', 2],
      ]);
      expect(added.numAffectedRows).toBe(2n);
      await add(database, 'late', [['c', 3]]);
      await database.transaction().execute((transaction) =>
        add(transaction, 'later', [
          ['d', 4],
          ['e', 500],
        ]),
      );
      expect(built).toBe(2);
      const named = async (least: number, names: string[]) => (await over(database, least, names)).rows;
      expect(await named(1, ['a', 'b', 'c'])).toEqual([
        { name: 'b', amount: 2, ends: 'soon' },
        { name: 'c', amount: 3, ends: 'late' },
      ]);
      expect(await named(2, ['d', 'a', 'e'])).toEqual([{ name: 'd', amount: 4, ends: 'later' }]);
      expect(await named(0, ['a'])).toEqual([{ name: 'a', amount: 1, ends: 'soon' }]);
    });
  });
});
