import { describe, expect, it } from 'vitest';
import { base64UrlOf, utf8 } from '../model/bytes.ts';
import type { Json } from '../model/json.ts';
import { fetcherOver } from '../testing/documents.ts';
import { testNow } from '../testing/seeded.ts';
import { createKey, type KeyAlgorithm } from '../testing/signing-keys.ts';
import { openSession } from '../verify/session.ts';
import type { KeyAnswer } from './key-source.ts';
import { findKeyWith } from './registry.ts';

const find = (reference: string): Promise<KeyAnswer> => {
  const { session } = openSession(testNow, fetcherOver(new Map()), () => undefined);
  return findKeyWith(session)({ reference, use: 'credential' });
};
const didOf = (value: Json) => `did:jwk:${base64UrlOf(utf8(JSON.stringify(value)))}`;
const kinds: readonly KeyAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512', 'ES256K', 'RS256'];
const { publicJwk } = await createKey('ES256');

describe('did:jwk', () => {
  it.each(kinds)('is its own document for %s', async (algorithm) => {
    const key = await createKey(algorithm);
    const did = didOf(key.publicJwk);
    const { x, n } = key.publicJwk;
    for (const reference of [did, `${did}#0`])
      expect(await find(reference)).toMatchObject({
        found: true,
        key: {
          id: `${did}#0`,
          controller: did,
          certainty: 'self-certifying',
          authorised: true,
          jwk: x === undefined ? { n } : { x },
        },
      });
  });

  it('says when the key is for something else', async () => {
    expect(await find(didOf({ ...publicJwk, use: 'sig' }))).toMatchObject({ key: { authorised: true } });
    expect(await find(didOf({ ...publicJwk, use: 'enc' }))).toMatchObject({ key: { authorised: false } });
    expect(await find(didOf({ ...publicJwk, key_ops: ['deriveKey'] }))).toMatchObject({
      key: { authorised: false },
    });
  });

  it.each([
    ['another fragment', `${didOf(publicJwk)}#1`, 'invalid'],
    ['nothing', 'did:jwk:', 'invalid'],
    ['no JSON', `did:jwk:${base64UrlOf(utf8('{'))}`, 'invalid'],
    ['a list', didOf([publicJwk]), 'invalid'],
    ['padding', `${didOf(publicJwk)}=#0`, 'invalid'],
    ['a secret', didOf({ ...publicJwk, d: 'AAAA' }), 'invalid'],
    ['a symmetric key', didOf({ kty: 'oct', k: 'AAAA' }), 'invalid'],
    ['a point off its curve', didOf({ ...publicJwk, y: publicJwk['x'] ?? '' }), 'invalid'],
    ['a key for encryption', didOf({ kty: 'OKP', crv: 'X25519', x: 'AAAA' }), 'unsupported'],
    ['a very long text', `did:jwk:${'A'.repeat(100_000)}`, 'invalid'],
  ])('refuses %s', async (_, reference, asks) => {
    expect(await find(reference)).toMatchObject({ found: false, asks });
  });
});
