import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, isPosition, type Placed, placeAt, positionsBetween } from './position.ts';

/** What an order is once positions were written. */
function arranged(order: readonly Placed[], moved: readonly string[], index: number): readonly Placed[] {
  const written = placeAt(order, moved, index);
  const ids = [...new Set([...order.map(({ id }) => id), ...moved])];
  const old = new Map(order.map((placed) => [placed.id, placed]));
  return inOrder(
    ids.map((id) => {
      const at = written.get(id) ?? old.get(id)?.at;
      return at === undefined ? { id } : { id, at };
    }),
  );
}

const idsOf = (order: readonly Placed[]) => order.map(({ id }) => id);
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe('an order', () => {
  it('has what was moved where it was moved to, however often, and never runs out of room', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom(...letters), fc.nat({ max: 9 })), { maxLength: 200 });
    fc.assert(
      fc.property(moves, (wanted) => {
        let order = arranged([], letters, 0);
        let expected = [...letters];
        for (const [id, index] of wanted) {
          order = arranged(order, [id], index);
          expected = expected.filter((one) => one !== id);
          expected.splice(index, 0, id);
          expect(idsOf(order)).toEqual(expected);
        }
        expect(order.every(({ at }) => isPosition(at))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('writes one position for one move while there is room, and short ones for many at once', () => {
    const order = arranged([], letters, 0);
    expect(placeAt(order, ['h'], 0).size).toBe(1);
    const thousand = positionsBetween(undefined, undefined, 1000) ?? [];
    expect(new Set(thousand).size).toBe(1000);
    expect([...thousand].sort()).toEqual(thousand);
    expect(Math.max(...thousand.map(({ length }) => length))).toBeLessThanOrEqual(3);
  });

  it('is spaced anew where two stand at one place and a third comes between them', () => {
    const [at] = positionsBetween(undefined, undefined, 1) ?? [];
    if (at === undefined) throw new Error('no position');
    const order = [
      { id: 'a', at },
      { id: 'b', at },
    ];
    expect(idsOf(inOrder([...order].reverse()))).toEqual(['a', 'b']);
    expect(placeAt(order, ['c'], 1).size).toBe(3);
    expect(idsOf(arranged(order, ['c'], 1))).toEqual(['a', 'c', 'b']);
  });

  it('puts what has no place that can be read last, and gives it one with the next move beside it', () => {
    const order = inOrder([{ id: 'odd' }, ...arranged([], ['a', 'b'], 0)]);
    expect(idsOf(order)).toEqual(['a', 'b', 'odd']);
    expect(idsOf(arranged(order, ['c'], 3))).toEqual(['a', 'b', 'odd', 'c']);
  });

  it.each(['', '0', 'a0', 'A', '1'.repeat(17), 5, null])('takes %j for no position', (value) => {
    expect(isPosition(value)).toBe(false);
  });
});
