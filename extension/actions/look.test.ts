import { expect, it } from 'vitest';
import type { Url } from '../../shared/model/brands.ts';
import { utf8 } from '../../shared/model/bytes.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { fetcherOver, servedJson } from '../../shared/testing/documents.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { signEmbedded } from '../../shared/testing/sign-data-integrity.ts';
import { look } from './look.ts';

const deps = { fetcher: () => fetcherOver(new Map()), clock: fixedClock() };

async function lookedAt(text: string) {
  const { found } = await look({ kind: 'bytes', bytes: utf8(text) }, 'all', deps);
  return found.state === 'looked' ? found.verification.verdict : undefined;
}

it('takes from the issuer what is proven to the learner alone, unless it was changed', async () => {
  const issuer = await buildIssuer({ algorithm: 'ES256' });
  const { document } = await buildBadge({ issuer, proof: 'ecdsa-rdfc-2019' });
  const base = await signEmbedded(document, {
    suite: 'ecdsa-sd-2023',
    key: issuer.key,
    verificationMethod: issuer.keyId,
    created: '2026-01-15T10:00:00Z',
  });
  const good = await lookedAt(JSON.stringify(base));
  expect(good?.outcome).toBe('valid');
  expect(good?.checks.map(({ detail }) => detail.code)).toContain('proof-for-holder');
  const changed = await lookedAt(JSON.stringify({ ...base, name: 'Another name' }));
  expect(changed?.outcome).toBe('invalid');
});

it.each([
  [401, 'offer-refused'],
  [403, 'offer-refused'],
  [404, 'offer-not-found'],
  [410, 'offer-gone'],
  [429, 'offer-server-failed'],
  [503, 'offer-server-failed'],
] as const)('tells a refusal, an absence and a passing fault apart: %s is %s', async (status, code) => {
  const address = 'https://academy.example/awards/42.json' as Url;
  const served = new Map([[address, { ...servedJson({}), status }]]);
  const { found } = await look({ kind: 'address', address }, 'all', {
    ...deps,
    fetcher: () => fetcherOver(served),
  });
  expect(found).toMatchObject({
    state: 'failed',
    error: { code, facts: { host: 'academy.example', status } },
  });
});
