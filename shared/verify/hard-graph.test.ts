import { cpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildClr } from '../testing/build-clr.ts';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verifyBadge } from './verify-badge.ts';

/** Longest that a hostile graph may take. Work is measured, not waiting, so that busy neighbours count for nothing. */
const maxMilliseconds = 2000;

async function verified(document: JsonObject) {
  const effects = { fetch: fetcherOver(new Map()), clock: fixedClock() };
  const before = cpuUsage();
  const bytes = utf8(JSON.stringify(document));
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
  const { user, system } = cpuUsage(before);
  return { verdict, milliseconds: (user + system) / 1000 };
}

/** Nodes without names of which each knows those so many places further: they look alike from every side. */
function circle(count: number, steps: readonly number[]): readonly JsonObject[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `_:n${at}`,
    knows: steps.map((step) => `_:n${(at + step) % count}`),
  }));
}

const everybody = (count: number) => circle(count, [...Array(count).keys()].slice(1));

function withGraph(nodes: readonly JsonObject[]) {
  return (credential: JsonObject): JsonObject => ({
    ...credential,
    '@context': [
      ...(credential['@context'] as readonly string[]),
      { knows: { '@id': 'https://t.example/knows', '@type': '@id' } },
    ],
    credentialSubject: { ...(credential['credentialSubject'] as JsonObject), knows: nodes },
  });
}

/** Not even the one who makes such a badge can sign it: nothing of it has to hold to cost a reader time. */
const hard = async (nodes: readonly JsonObject[]) => withGraph(nodes)(jsonOf(await buildBadge({})));

describe('T42: a graph made to be hard', () => {
  it('cannot be checked within limits, which is said within two seconds', async () => {
    for (const nodes of [
      everybody(6),
      everybody(12),
      everybody(70),
      circle(990, [1, 3]),
      circle(600, [1, 3, 7, 11, 17]),
      circle(990, [1]),
    ]) {
      const { verdict, milliseconds } = await verified(await hard(nodes));
      expect([verdict.outcome, verdict.reason]).toEqual(['unsupported', 'beyond-limits']);
      expect(milliseconds).toBeLessThan(maxMilliseconds);
    }
  });

  it('is no harder below ten proofs, or in each of a hundred badges of a record', async () => {
    const badge = await hard(circle(900, [1, 3]));
    const { proof = null } = badge;
    const tenfold = await verified({ ...badge, proof: Array.from({ length: 10 }, () => proof) });
    expect([tenfold.verdict.outcome, tenfold.verdict.reason]).toEqual(['unsupported', 'beyond-limits']);
    expect(tenfold.milliseconds).toBeLessThan(maxMilliseconds);

    const { document } = await buildClr({});
    const subject = document['credentialSubject'] as JsonObject;
    const parts = Array.from({ length: 100 }, () => withGraph(everybody(12))(badge));
    const record = await verified({
      ...document,
      credentialSubject: { ...subject, verifiableCredential: parts },
    });
    expect([record.verdict.outcome, record.verdict.reason]).toEqual(['unsupported', 'beyond-limits']);
    expect(record.milliseconds).toBeLessThan(maxMilliseconds);
  });

  it('is checked like any other where it is small enough', async () => {
    for (const nodes of [everybody(3), everybody(5), circle(20, [1]), circle(5, [1, 3])]) {
      const badge = await buildBadge({ change: withGraph(nodes) });
      const { verdict } = await verified(jsonOf(badge));
      expect([verdict.outcome, verdict.reason]).toEqual(['valid', 'all-passed']);
    }
  });

  it('does no harm to the honest badges beside it in a record', async () => {
    const good = await buildBadge({});
    const { document } = await buildClr({ parts: [good] });
    const subject = document['credentialSubject'] as JsonObject;
    const parts = [await hard(everybody(12)), jsonOf(good)];
    const { verdict } = await verified({
      ...document,
      credentialSubject: { ...subject, verifiableCredential: parts },
    });
    const told = verdict.checks.filter(({ check }) => check === 'part').map(({ detail }) => detail.code);
    expect(told).toEqual(expect.arrayContaining(['part-bad', 'part-good']));
  });
});
