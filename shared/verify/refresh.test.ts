import { expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { type BadgeWish, buildBadge, jsonOf } from '../testing/build-badge.ts';
import { type BuiltIssuer, buildIssuer } from '../testing/build-issuer.ts';
import { extensionsContext } from '../testing/build-status.ts';
import { type Documents, fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { fixedClock, testNow } from '../testing/seeded.ts';
import { verifyBadge } from './verify-badge.ts';

const address = 'https://academy.example/newest';

function withRefresh(document: JsonObject): JsonObject {
  const contexts = [...(document['@context'] as readonly string[]), extensionsContext];
  return {
    ...document,
    '@context': contexts,
    refreshService: { id: address, type: '1EdTechCredentialRefresh' },
  };
}

async function checksOf(issuer: BuiltIssuer, newer: Documents, wish: BadgeWish = {}) {
  const badge = await buildBadge({ issuer, change: withRefresh, ...wish });
  const asked: string[] = [];
  const fetch = fetcherOver(mergeDocuments(badge.documents, newer), testNow, asked as never);
  const { verdict } = await verifyBadge(
    { kind: 'bytes', bytes: badge.bytes },
    {},
    { fetch, clock: fixedClock() },
  );
  const codes = verdict.checks
    .map(({ detail }) => detail.code)
    .filter((code) => code.endsWith('newer-version'));
  return { outcome: verdict.outcome, codes, times: asked.filter((one) => one === address).length };
}

async function served(wish: BadgeWish): Promise<Documents> {
  const badge = await buildBadge(wish);
  return mergeDocuments(badge.documents, new Map([[address, servedJson(jsonOf(badge))]]));
}

it('says that a newer version exists, asks once and keeps what was given', async () => {
  const issuer = await buildIssuer();
  const newer = await served({ issuer, change: withRefresh, awarded: '2026-03-01T00:00:00Z' });
  expect(await checksOf(issuer, newer)).toEqual({ outcome: 'valid', codes: ['newer-version'], times: 1 });
});

it('says nothing when the issuer offers what the learner has', async () => {
  const issuer = await buildIssuer();
  expect((await checksOf(issuer, await served({ issuer, change: withRefresh }))).codes).toEqual([]);
});

it.each([
  ['nobody answers', async () => new Map()],
  [
    'it was altered',
    async (issuer: BuiltIssuer) =>
      served({ issuer, awarded: '2026-03-01T00:00:00Z', forgery: 'byte-changed' }),
  ],
  [
    'it is another badge',
    async (issuer: BuiltIssuer) => served({ issuer, awarded: '2026-03-01T00:00:00Z', slug: 'other' }),
  ],
  ['it is another issuer’s', async () => served({ awarded: '2026-03-01T00:00:00Z' })],
])('keeps the badge as it is when %s', async (_, newer) => {
  const issuer = await buildIssuer();
  expect(await checksOf(issuer, await newer(issuer))).toMatchObject({
    outcome: 'valid',
    codes: ['no-newer-version'],
  });
});

it('keeps a badge that is proven to be its issuer’s when the newer one is not', async () => {
  const issuer = await buildIssuer({ keyPlace: 'jwks' });
  const stranger = { ...(await buildIssuer()), id: issuer.id };
  const codesBy = async (signer: BuiltIssuer) => {
    const newer = await served({ issuer: signer, change: withRefresh, awarded: '2026-03-01T00:00:00Z' });
    return (await checksOf(issuer, newer)).codes;
  };
  expect(await codesBy(stranger)).toEqual(['no-newer-version']);
  expect(await codesBy(issuer)).toEqual(['newer-version']);
});

it('asks nobody in the name of a badge that was altered', async () => {
  const issuer = await buildIssuer();
  const newer = await served({ issuer, awarded: '2026-03-01T00:00:00Z' });
  expect(await checksOf(issuer, newer, { forgery: 'byte-changed' })).toEqual({
    outcome: 'invalid',
    codes: [],
    times: 0,
  });
});
