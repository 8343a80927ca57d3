import { describe, expect, it } from 'vitest';
import { type Pack, type Packs, packedRows, packLength, rowsIn } from './packed-rows.ts';

type Row = { readonly id: string; readonly text: string };

/** Packs in memory, in the order of their ids as a database has them, how many were written, and how many rows there are said to be. */
function packsInMemory() {
  const kept = new Map<string, Pack>();
  const count = { now: 0, puts: 0 };
  const ids = () => [...kept.keys()].sort();
  const packs: Packs = {
    ids: async () => ids(),
    get: async (asked) => asked.map((id) => kept.get(id)),
    upTo: async (id) => kept.get(ids().findLast((one) => one <= id) ?? '-'),
    all: async () => ids().flatMap((id) => kept.get(id) ?? []),
    each: async (visit) => {
      for (const id of ids()) visit(kept.get(id) as Pack);
    },
    put: async (some) => {
      for (const pack of some) kept.set(pack.id, pack);
      count.puts += some.length;
    },
    remove: async (some) => {
      for (const id of some) kept.delete(id);
    },
  };
  const counted = async (more: number) => {
    count.now += more;
  };
  return { kept, count, rows: packedRows<Row>(packs, counted) };
}

/** Numbers that are the same in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const row = (id: string, length = 150): Row => ({ id, text: 'x'.repeat(length) });
const sorted = (rows: Iterable<Row>) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('rows in packs', () => {
  it.each([1, 2, 3, 4])(
    'are what a table of such rows would hold, whatever is done (seed %i)',
    async (seed) => {
      const number = numbersFrom(seed);
      const { kept, count, rows } = packsInMemory();
      const table = new Map<string, Row>();
      const someIds = (count: number) => Array.from({ length: count }, () => number(3_000).toString(36));
      for (let step = 0; step < 60; step += 1) {
        const ids = someIds(step % 4 === 0 ? 1 : 80);
        if (step % 3 === 2) {
          await rows.remove(ids);
          for (const id of ids) table.delete(id);
        } else {
          const given = ids.map((id) => row(id, number(400)));
          await rows.put(given);
          for (const one of given) table.set(one.id, one);
        }
        const asked = someIds(step % 2 === 0 ? 1 : 50);
        expect(await rows.get(asked)).toEqual(asked.map((id) => table.get(id)));
        expect(count.now).toBe(table.size);
      }
      expect(table.size).toBeGreaterThan(200);
      expect(await rows.keys()).toEqual(sorted(table.values()).map(({ id }) => id));
      expect(await rows.list(17)).toEqual(sorted(table.values()).slice(0, 17));
      const visited: Row[] = [];
      await rows.each((one) => visited.push(one));
      expect(visited).toEqual(sorted(table.values()));
      expect(kept.size).toBeGreaterThan(3);
      await rows.remove([...table.keys()]);
      expect(await rows.keys()).toEqual([]);
      expect(count.now).toBe(0);
      expect([...kept.keys()]).toEqual(['']);
    },
  );

  it('come to few packs, none of which is long', async () => {
    const { kept, rows } = packsInMemory();
    const ids = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(4, '0'));
    await rows.put(ids.map((id) => row(id)));
    expect(kept.size).toBeLessThan(30);
    for (const pack of kept.values()) expect(pack.rows.length).toBeLessThan(packLength + 200);
    expect([...kept.values()].flatMap((pack) => rowsIn<Row>(pack))).toHaveLength(1_000);
  });

  it('keep a row that is longer than a pack in one of its own', async () => {
    const { kept, rows } = packsInMemory();
    await rows.put([row('a'), row('b', 3 * packLength), row('c')]);
    expect(await rows.get(['c', 'b', 'a', 'd'])).toEqual([
      row('c'),
      row('b', 3 * packLength),
      row('a'),
      undefined,
    ]);
    expect(kept.size).toBe(2);
  });

  it('write a pack only where something of it changes', async () => {
    const { count, rows } = packsInMemory();
    await rows.put([row('a'), row('b', packLength), row('c'), row('cc')]);
    const first = count.puts;
    await rows.remove(['b0', 'd']);
    expect(count.puts).toBe(first);
    await rows.remove(['c', 'd']);
    expect(count.puts).toBe(first + 1);
    expect(count.now).toBe(3);
  });

  it('write nothing where nothing is given', async () => {
    const { kept, rows } = packsInMemory();
    await rows.put([]);
    await rows.remove([]);
    expect(kept.size).toBe(0);
    expect(await rows.get([])).toEqual([]);
    expect(await rows.get(['a'])).toEqual([undefined]);
    expect(await rows.get(['a', 'b'])).toEqual([undefined, undefined]);
  });
});
