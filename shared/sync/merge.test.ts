import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../model/json.ts';
import { type Doc, type DocId, emptyDoc, exists, type Field, wiped, withFields } from './doc.ts';
import { merge, sameDoc } from './merge.ts';
import { nextStamp, type Stamp } from './stamp.ts';

const id: DocId = 'badge|AAAA';
/** Few moments and devices, so that stamps meet, and are equal, often. */
const stamp = fc
  .record({ at: fc.nat({ max: 5 }), by: fc.constantFrom('0000000000000001', 'ffffffffffffffff') })
  .map(({ at, by }): Stamp => nextStamp('', at, by));
const value = fc.constantFrom<Json>(
  null,
  0,
  1,
  '',
  'a',
  'b',
  [],
  [1, 'x'],
  { a: 1, b: [2] },
  { b: [2], a: 1 },
);
const doc: fc.Arbitrary<Doc> = fc.record({
  id: fc.constant(id),
  t: fc.constant('badge' as const),
  v: fc.integer({ min: 1, max: 3 }),
  w: fc.oneof(fc.constant('' as const), stamp),
  f: fc.dictionary(
    fc.constantFrom('made', 'name', 'note', 'm:1'),
    fc.tuple(value, stamp).map(([said, at]): Field => [said, at]),
  ),
});
const runs = { numRuns: 10_000 };

describe('merging (T25)', () => {
  it('does not depend on the order in which states arrive', () => {
    fc.assert(
      fc.property(doc, doc, (a, b) => {
        expect(text(merge(a, b))).toBe(text(merge(b, a)));
      }),
      runs,
    );
    fc.assert(
      fc.property(doc, doc, doc, (a, b, c) => {
        expect(text(merge(merge(a, b), c))).toBe(text(merge(a, merge(b, c))));
      }),
      runs,
    );
  });

  it('says the same however often a state arrives', () => {
    fc.assert(
      fc.property(doc, doc, (a, b) => {
        const once = merge(a, b);
        expect(text(merge(once, b))).toBe(text(once));
        expect(text(merge(once, once))).toBe(text(once));
      }),
      runs,
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(doc, doc, (a, b) => {
        const turned = { ...a, f: Object.fromEntries(Object.entries(a.f).reverse()) };
        expect(sameDoc(merge(turned, b), merge(a, b))).toBe(true);
      }),
      runs,
    );
  });

  it('erases what was written before a removal, in every copy (T31)', () => {
    const device = '0000000000000001';
    const claimed = withFields(emptyDoc(id), { made: 'then', name: 'secret' }, nextStamp('', 1, device));
    const removed = wiped(claimed, nextStamp('', 2, device));
    const after = merge(claimed, removed);
    expect(exists(after)).toBe(false);
    expect(JSON.stringify(after)).not.toContain('secret');
  });

  it('keeps an edit made after a removal, but brings nothing back by itself', () => {
    const device = '0000000000000001';
    const removed = wiped(emptyDoc(id), nextStamp('', 2, device));
    const edited = withFields(emptyDoc(id), { note: 'later' }, nextStamp('', 3, device));
    expect(merge(removed, edited).f['note']?.[0]).toBe('later');
    expect(exists(merge(removed, edited))).toBe(false);
  });

  it('lets a claim made after a removal elsewhere stand', () => {
    const removed = wiped(emptyDoc(id), nextStamp('', 2, '0000000000000001'));
    const claimed = withFields(emptyDoc(id), { made: 'again' }, nextStamp('', 3, '0000000000000002'));
    expect(exists(merge(claimed, removed))).toBe(true);
  });
});

function text(merged: Doc): string {
  return canonicalJson(merged);
}
