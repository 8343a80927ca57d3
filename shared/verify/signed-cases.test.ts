import { describe, expect, it } from 'vitest';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import type { SignedCase } from '../testing/signed-case.ts';
import { signedCases } from '../testing/signed-cases.ts';
import { verifyBadge } from './verify-badge.ts';

const cases = await signedCases();

async function verdictOf({ bytes, documents, address, recipient, asked }: SignedCase) {
  const input =
    address === undefined ? ({ kind: 'bytes', bytes } as const) : ({ kind: 'address', address } as const);
  const options = { ...(recipient && { recipient }), ...(asked && { asked }) };
  const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
  return (await verifyBadge(input, options, effects)).verdict;
}

describe('signed cases of our own', () => {
  it('are at least 80, at least half of them not valid, and at least 40 read by an independent library', () => {
    const bad = cases.filter(({ expected }) => !expected.startsWith('valid'));
    expect(cases.length).toBeGreaterThanOrEqual(80);
    expect(bad.length * 2).toBeGreaterThanOrEqual(cases.length);
    expect(cases.filter(({ reader }) => reader !== undefined).length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ area, name }) => `${area}: ${name}`)).size).toBe(cases.length);
  });

  it.each(cases)('$area, $name: $expected', async (one) => {
    const verdict = await verdictOf(one);
    expect(`${verdict.outcome}: ${verdict.reason}`).toBe(one.expected);
    if (one.told !== undefined) expect(verdict.checks.map(({ detail }) => detail.code)).toContain(one.told);
  });
});
