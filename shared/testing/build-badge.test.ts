import * as jose from 'jose';
import { describe, expect, it } from 'vitest';
import { unbake } from '../baking/registry.ts';
import { parseUrl } from '../model/brands.ts';
import { textOf } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { drawPng, drawSvg } from './badge-art.ts';
import { buildBadge } from './build-badge.ts';
import { buildIssuer } from './build-issuer.ts';
import { fetcherOver, servedBytes } from './documents.ts';
import { seeded } from './seeded.ts';
import { createKey, readKey } from './signing-keys.ts';

const textAt = (badge: { documents: ReadonlyMap<string, { bytes: Uint8Array }> }, address: string) =>
  textOf(badge.documents.get(address)?.bytes ?? new Uint8Array()) ?? '';

describe('a built badge', () => {
  it.each(['EdDSA', 'ES256', 'RS256'] as const)('is really signed as VC-JWT with %s', async (algorithm) => {
    const badge = await buildBadge({ proof: 'vc-jwt', algorithm, keyPlace: 'jwks' });
    const keys = jose.createLocalJWKSet(
      JSON.parse(textAt(badge, 'https://academy.example/.well-known/jwks.json')),
    );
    const kid = jose.decodeProtectedHeader(badge.text).kid?.split('#')[1] ?? '';
    const key = await keys({ alg: algorithm, kid });
    const { payload } = await jose.compactVerify(badge.text, key);
    expect(JSON.parse(textOf(payload) ?? '')).toMatchObject({ ...badge.document, iss: badge.issuer.id });
  });

  it.each(['EdDSA', 'ES256', 'RS256'] as const)(
    'is really signed as assertion with %s',
    async (algorithm) => {
      const badge = await buildBadge({ proof: 'jws', algorithm });
      const { publicKeyPem } = JSON.parse(textAt(badge, badge.issuer.keyId)) as { publicKeyPem: string };
      await jose.compactVerify(badge.text, await jose.importSPKI(publicKeyPem, algorithm));
    },
  );

  it('says what it is in each container', async () => {
    for (const container of ['json', 'png', 'svg'] as const) {
      const badge = await buildBadge({ container });
      const unbaked = await unbake(badge.bytes);
      expect(unbaked.ok && [unbaked.value.container, textOf(unbaked.value.document)]).toEqual([
        container,
        badge.text,
      ]);
      expect(badge.documents.get(badge.address)?.bytes).toEqual(badge.bytes);
    }
  });

  it('of a kept issuer key is signed by the same key again', async () => {
    for (const algorithm of ['EdDSA', 'ES256', 'RS256'] as const) {
      const key = await createKey(algorithm);
      const again = await readKey(algorithm, key.privateJwk);
      expect([again.publicJwk, again.multikey]).toEqual([key.publicJwk, key.multikey]);
    }
  });

  it('names its issuer by the place of its key', async () => {
    const key = await createKey('ES256');
    const places = ['did:key', 'did:web', 'controller', 'jwks', 'jwk', 'cryptographic-key'] as const;
    const issuers = await Promise.all(
      places.map((keyPlace) => buildIssuer({ keyPlace, key, origin: 'https://a.example:8443' })),
    );
    expect(issuers.map(({ id }) => id.replace(/zDn.*/, 'zDn'))).toEqual([
      'did:key:zDn',
      'did:web:a.example%3A8443',
      ...Array<string>(4).fill('https://a.example:8443/issuer'),
    ]);
    for (const issuer of issuers.slice(1))
      expect(issuer.documents.has(issuer.keyId.split('#')[0] ?? '') || issuer.keyPlace === 'did:web').toBe(
        true,
      );
  });

  it.each([
    'other-key',
    'algorithm-swapped',
    'byte-changed',
    'key-of-another-issuer',
    'alg-none',
    'hmac-with-public-key',
  ] as const)('forged by %s does not verify with the key of its issuer', async (forgery) => {
    const badge = await buildBadge({ proof: 'vc-jwt', algorithm: 'RS256', keyPlace: 'jwk', forgery });
    const key = await jose.importJWK(badge.issuer.key.publicJwk as jose.JWK, 'RS256');
    await expect(jose.compactVerify(badge.text, key)).rejects.toThrow();
  });

  it('changes before it is signed as the test wishes', async () => {
    const change = (document: JsonObject) => ({ ...document, name: 'Other' });
    expect((await buildBadge({ change })).document['name']).toBe('Other');
  });
});

describe('art', () => {
  it('is drawn the same every time', async () => {
    const art = { shape: 'star', glyph: 'team', hue: 20 } as const;
    expect(await drawPng(art, 24)).toEqual(await drawPng({ ...art }, 24));
    expect(textOf(drawSvg(art, 'A & B <c>'))).toContain('<title>A &#38; B &#60;c&#62;</title>');
  });
});

describe('the fetcher over documents', () => {
  const url = (text: string) => {
    const parsed = parseUrl(text);
    if (!parsed.ok) throw parsed.error;
    return parsed.value;
  };
  const leads = (location: string) => ({ ...servedBytes(new Uint8Array(), ''), status: 302, location });
  const fetch = fetcherOver(
    new Map([
      ['https://a.example/1', servedBytes(new Uint8Array(10), 'text/plain')],
      ['https://a.example/2', leads('/1')],
      ['https://a.example/3', leads('/3')],
    ]),
  );

  it('answers what is served, follows redirects, and knows no other address', async () => {
    const outcomes = await Promise.all(
      ['https://a.example/1', 'https://a.example/2', 'https://a.example/3', 'https://b.example/1'].map(
        async (address) => {
          const answer = await fetch({ url: url(address), maxBytes: 10 });
          return answer.ok ? answer.value.url : answer.error.code;
        },
      ),
    );
    expect(outcomes).toEqual([
      'https://a.example/1',
      'https://a.example/1',
      'redirect-not-allowed',
      'offer-unreachable',
    ]);
    const small = await fetch({ url: url('https://a.example/1'), maxBytes: 9 });
    expect(small.ok ? 'ok' : small.error.code).toBe('offer-too-large');
  });
});

it('random bytes of one seed are the same, of two are not', () => {
  expect(seeded(7)(16)).toEqual(seeded(7)(16));
  expect(seeded(7)(16)).not.toEqual(seeded(8)(16));
});
