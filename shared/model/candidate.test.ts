import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxCandidateLength, maxCandidates, maxClaimLength, parseCandidates } from './candidate.ts';

const candidate = { content: '/award.json', via: 'meta' };

it('reads what the content script found, and leaves out what is none', () => {
  const image = 'data:image/png;base64,iVBORw0KGgo=';
  const found = [
    { ...candidate, name: ' JavaScript ', issuer: 'School', image },
    { ...candidate, image: 'https://tracker.example/pixel.png' },
    { content: ' ' },
    { content: 5 },
    null,
    'text',
    { content: 'x'.repeat(maxCandidateLength + 1), via: 'meta' },
  ];
  expect(parseCandidates(found)).toEqual({
    candidates: [{ ...candidate, name: 'JavaScript', issuer: 'School', image }, candidate],
    more: false,
  });
});

it('keeps 200 of a page, says that there were more from the 201st on, and cuts long claims', () => {
  const many = (count: number) => parseCandidates(Array.from({ length: count }, () => candidate));
  expect([many(maxCandidates).candidates.length, many(maxCandidates).more]).toEqual([200, false]);
  expect([many(1000).candidates.length, many(maxCandidates + 1).more]).toEqual([200, true]);
  const long = parseCandidates([{ ...candidate, name: 'n'.repeat(10_000) }]);
  expect(long.candidates[0]?.name).toHaveLength(maxClaimLength);
});

it('bounds the sum of all offers of a page', () => {
  const large = { ...candidate, content: `data:,${'a'.repeat(6 * 1024 * 1024)}` };
  expect(parseCandidates([large, large, large])).toMatchObject({ candidates: { length: 2 }, more: true });
});

it('answers to any value', () => {
  fc.assert(fc.property(fc.anything(), (value) => Array.isArray(parseCandidates(value).candidates)));
});
