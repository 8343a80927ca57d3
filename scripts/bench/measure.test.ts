import { expect, it } from 'vitest';
import { alternate, ceiling, compare, spreadOf } from './measure.ts';

const comparison = { area: 'verify', measure: 'm', unit: 'ms', baselineName: 'peer 1.0.0', atMost: 0.5 };

it('compares round by round, so that a machine that slows down slows both', () => {
  const row = compare({ ...comparison, ours: [1, 2, 4], baseline: [2, 4, 8] });
  expect(row).toMatchObject({ ours: 2, baseline: 4, ratio: 0.5, goal: '<= 0.5', pass: true });
  expect(compare({ ...comparison, ours: [1.1, 2.2, 4.4], baseline: [2, 4, 8] }).pass).toBe(false);
});

it('takes off what doing nothing costs', () => {
  const row = compare({ ...comparison, ours: [3, 3], baseline: [6, 6], nothing: [2, 2] });
  expect(row).toMatchObject({ ours: 1, baseline: 4, ratio: 0.25 });
});

it('never passes a figure whose gate failed', () => {
  expect(compare({ ...comparison, ours: [1], baseline: [100], sound: false })).toMatchObject({
    pass: false,
    note: expect.stringContaining('the gate failed'),
  });
});

it('holds a ceiling at its value and not above', () => {
  expect([ceiling('detect', 'm', 6, 6, 'kB').pass, ceiling('detect', 'm', 6.1, 6, 'kB').pass]).toEqual([
    true,
    false,
  ]);
});

it('runs the candidates in turn', async () => {
  const order: string[] = [];
  const candidate = (name: string) => ({ name, once: async () => order.push(name) });
  await alternate([candidate('a'), candidate('b')], 2);
  expect(order).toEqual(['a', 'b', 'a', 'b']);
});

it('gives quartiles', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ low: 2, median: 3, high: 4 });
});
