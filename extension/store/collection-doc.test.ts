import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../shared/model/brands.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { type Doc, type DocId, emptyDoc, wiped, withFields } from '../../shared/sync/doc.ts';
import { merge, sameDoc } from '../../shared/sync/merge.ts';
import { type Placed, placeAt } from '../../shared/sync/position.ts';
import { nextStamp, type Stamp } from '../../shared/sync/stamp.ts';
import {
  collectionDocId,
  collectionsAmong,
  keptCollectionOf,
  memberField,
  newCollectionFields,
  slugOf,
} from './collection-doc.ts';
import { shownCollections } from './shown-collections.ts';

const id = collectionDocId('web');
const badges: readonly DocId[] = ['a', 'b', 'c', 'd', 'e'].map((name) => `badge|${name}` as const);
const [a, b, c, d, e] = badges as [DocId, DocId, DocId, DocId, DocId];
const now = '2026-01-02T03:04:05.000Z' as Instant;
const stamp = (milliseconds: number, device: number): Stamp =>
  nextStamp('', milliseconds, String(device).padStart(16, '0'));

const made = withFields(
  emptyDoc(id),
  newCollectionFields({ now, title: 'Web', slug: 'web', secret: 'S'.repeat(43), at: undefined }),
  stamp(1, 1),
);

/** What a device writes to bring badges to a place. */
function placed(doc: Doc, moved: readonly DocId[], index: number, at: Stamp): Doc {
  const order: readonly Placed[] = keptCollectionOf(doc)?.badges ?? [];
  const fields: JsonObject = Object.fromEntries(
    [...placeAt(order, moved, index)].map(([badge, position]) => [memberField(badge as DocId), position]),
  );
  return withFields(doc, fields, at);
}

const takenOut = (doc: Doc, badge: DocId, at: Stamp) => withFields(doc, { [memberField(badge)]: null }, at);
const badgesOf = (doc: Doc) => keptCollectionOf(doc)?.badges.map((badge) => badge.id);
const met = (one: Doc, other: Doc) => {
  const both = merge(one, other);
  expect(sameDoc(both, merge(other, one))).toBe(true);
  return both;
};
const base = placed(made, [a, b, c], 0, stamp(2, 1));

describe('changes of two devices to one collection', () => {
  it('keep what each put in, in one order everywhere', () => {
    const both = met(placed(base, [d], 3, stamp(10, 1)), placed(base, [e], 3, stamp(11, 2)));
    expect(badgesOf(both)).toEqual([a, b, c, d, e]);
  });

  it('keep both moves of different badges', () => {
    const both = met(placed(base, [c], 0, stamp(10, 1)), placed(base, [a], 2, stamp(11, 2)));
    expect(badgesOf(both)).toEqual([c, b, a]);
  });

  it('end as the later one where they are about the same badge', () => {
    const moved = (at: number) => placed(base, [a], 2, stamp(at, 1));
    const out = (at: number) => takenOut(base, a, stamp(at, 2));
    expect(badgesOf(met(moved(10), out(11)))).toEqual([b, c]);
    expect(badgesOf(met(moved(11), out(10)))).toEqual([b, c, a]);
  });

  it('keep words of one and title of the other, and who may see it as was said last', () => {
    const one = withFields(base, { title: 'The web', reach: 'listed' }, stamp(10, 1));
    const other = withFields(base, { about: 'Made by hand', reach: 'private' }, stamp(11, 2));
    expect(keptCollectionOf(met(one, other))).toMatchObject({
      title: 'The web',
      about: 'Made by hand',
      reach: 'private',
    });
  });

  it('do not bring back what one of them removed', () => {
    const removed = wiped(base, stamp(10, 1));
    expect(keptCollectionOf(met(removed, placed(base, [d], 0, stamp(11, 2))))).toBeUndefined();
  });

  it('lose and double no badge, whatever both do', () => {
    type Act = { readonly badge: DocId; readonly index: number; readonly out: boolean };
    const act: fc.Arbitrary<Act> = fc.record({
      badge: fc.constantFrom(...badges),
      index: fc.nat({ max: 5 }),
      out: fc.boolean(),
    });
    const acts = fc.array(act, { maxLength: 12 });
    const play = (device: number, wanted: readonly Act[]): Doc =>
      wanted.reduce((doc, { badge, index, out }, turn) => {
        const at = stamp(10 + turn, device);
        return out ? takenOut(doc, badge, at) : placed(doc, [badge], index, at);
      }, base);
    fc.assert(
      fc.property(acts, acts, (first, second) => {
        const both = badgesOf(met(play(1, first), play(2, second))) ?? [];
        expect(new Set(both).size).toBe(both.length);
        const last = (badge: DocId) => {
          const turns = [first, second].map((played) => played.findLastIndex((one) => one.badge === badge));
          const [one = -1, other = -1] = turns;
          // Of two at the same moment the device decides.
          return other >= one ? second[other] : first[one];
        };
        const respaced = (badge: DocId) => last(badge) === undefined && ![a, b, c].includes(badge);
        for (const badge of badges) {
          if (respaced(badge)) expect(both).not.toContain(badge);
          else expect([badge, both.includes(badge)]).toEqual([badge, last(badge)?.out !== true]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('collections of two devices', () => {
  const named = (name: string, fields: JsonObject): Doc => ({
    ...withFields(made, fields, stamp(3, 1)),
    id: collectionDocId(name),
  });
  const here = new Set(badges);

  it('that chose one name in the address are told apart, the same way everywhere', () => {
    const inIt = { [memberField(a)]: 'i', reach: 'listed' };
    const docs = [named('x', inIt), named('y', inIt)];
    for (const order of [docs, [...docs].reverse()])
      expect(shownCollections(collectionsAmong(order), here).map(({ id: of, name }) => [of, name])).toEqual([
        ['collection|x', 'web'],
        ['collection|y', 'web-2'],
      ]);
  });

  it('are shown to others only where that was said, and never empty', () => {
    const inIt = { [memberField(a)]: 'i', [memberField(b)]: 'r' };
    const docs = [
      named('private', inIt),
      named('unreadable', { ...inIt, reach: 'everybody' }),
      named('without-secret', { ...inIt, reach: 'unlisted', secret: 'guess' }),
      named('empty', { reach: 'listed' }),
      named('unlisted', { ...inIt, reach: 'unlisted' }),
    ];
    expect(shownCollections(collectionsAmong(docs), new Set([b]))).toEqual([
      {
        id: 'collection|unlisted',
        title: 'Web',
        about: '',
        listed: false,
        name: 'S'.repeat(43),
        badges: [b],
      },
    ]);
  });

  it.each([
    ['Web & Design', 'web-design'],
    ['Ångström', 'angstrom'],
    ['日本語', 'collection'],
    ['Badges', 'badges-2'],
    ['--', 'collection'],
    ['x'.repeat(60), 'x'.repeat(34)],
  ])('called %s stand at %s', (title, slug) => {
    expect(slugOf(title, ['badges'])).toBe(slug);
  });
});
