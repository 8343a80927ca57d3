import { describe, expect, it } from 'vitest';
import type { Sha256 } from '../../shared/model/brands.ts';
import type { KeptCheck } from '../storage/storage.ts';
import { fairTurns } from './fair-turns.ts';

/** Turns over what these accounts wait for, the first of the list longest; `next` says whose turn it is. */
function turnsOver(waiting: readonly string[]) {
  const left = [...waiting];
  const turns = fairTurns(async (besides) => {
    const found = left.findIndex((account) => !besides.includes(account as Sha256));
    if (found < 0) return undefined;
    const [account] = left.splice(found, 1);
    return { account, document: `${left.length}` } as KeptCheck;
  });
  return {
    next: async () => (await turns.next())?.account,
    over: (account: string) => turns.over(account as Sha256),
  };
}

const times = (count: number, account: string) => Array<string>(count).fill(account);

describe('turns', () => {
  it('come to each account before anybody has a second one, also where four have most of all', async () => {
    const waiting = ['a', 'b', 'c', 'd'].flatMap((account) => times(20, account));
    const { next, over } = turnsOver([...waiting, 'e']);
    const order: (string | undefined)[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      const account = await next();
      order.push(account);
      over(account ?? '');
    }
    expect(order).toEqual(['a', 'b', 'c', 'd', 'e', 'a', 'b', 'c', 'd', 'a']);
  });

  it('are one at a time for each account, also when asked for at once, until it is over', async () => {
    const { next, over } = turnsOver(['a', 'a', 'b', 'a']);
    expect(await Promise.all([next(), next(), next()])).toEqual(['a', 'b', undefined]);
    over('a');
    expect(await Promise.all([next(), next()])).toEqual(['a', undefined]);
    over('a');
    over('b');
    expect(await Promise.all([next(), next()])).toEqual(['a', undefined]);
  });

  it('go on after one that could not be taken, and lose nothing where very many take turns', async () => {
    let isBroken = true;
    const waiting = Array.from({ length: 250 }, (_, index) => `${index}` as Sha256);
    const longest: number[] = [];
    const { next, over } = fairTurns(async (besides) => {
      longest.push(besides.length);
      if (isBroken) throw new RangeError('no database');
      const account = waiting.shift();
      return account === undefined ? undefined : ({ account, document: account } as KeptCheck);
    });
    await expect(next()).rejects.toThrow('no database');
    isBroken = false;
    let count = 0;
    for (let check = await next(); check !== undefined; check = await next()) {
      count += 1;
      over(check.account);
    }
    expect(count).toBe(250);
    expect(Math.max(...longest)).toBe(99);
  });
});
