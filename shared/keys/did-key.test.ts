import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { fetcherOver } from '../testing/documents.ts';
import { testNow } from '../testing/seeded.ts';
import { createKey } from '../testing/signing-keys.ts';
import { openSession } from '../verify/session.ts';
import type { KeyAnswer } from './key-source.ts';
import { multikeyOf, parseMultikey } from './multikey.ts';
import { findKeyWith } from './registry.ts';

const find = (reference: string): Promise<KeyAnswer> => {
  const { session } = openSession(testNow, fetcherOver(new Map()), () => undefined);
  return findKeyWith(session)({ reference, use: 'credential' });
};

const kinds = ['EdDSA', 'ES256', 'ES384', 'ES512', 'ES256K'] as const;

describe('did:key', () => {
  it.each(kinds)('is its own document for %s', async (algorithm) => {
    const { multikey, publicJwk } = await createKey(algorithm);
    const did = `did:key:${multikey}`;
    for (const reference of [did, `${did}#${multikey}`])
      expect(await find(reference)).toMatchObject({
        found: true,
        key: { controller: did, certainty: 'self-certifying', authorised: true, jwk: { x: publicJwk.x } },
      });
  });

  it.each([
    [
      'another key behind the hash',
      'did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi#z6Mk',
      'invalid',
    ],
    ['nothing', 'did:key:', 'invalid'],
    ['letters that are no base58', 'did:key:z0OIl', 'invalid'],
    ['a key of another length', 'did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwX', 'invalid'],
    ['a curve that we cannot use', 'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc', 'unsupported'],
    ['a point off its curve', 'did:key:zQ3sh11111111111111111111111111111111111111111111', 'invalid'],
    ['a very long text', `did:key:z${'6'.repeat(100_000)}`, 'invalid'],
  ])('refuses %s', async (_, reference, asks) => {
    expect(await find(reference)).toMatchObject({ found: false, asks });
  });

  it.each([
    ['RSA', [0x85, 0x24], 270],
    ['RSA', [0x85, 0x24], 526],
    ['Ed448', [0x83, 0x24], 57],
    ['BLS12-381', [0xea, 0x01], 48],
    ['BLS12-381', [0xeb, 0x01], 96],
    ['JWK', [0xd1, 0xd6, 0x03], 120],
  ])('names a public key that it cannot use: %s', async (kind, code, length) => {
    const multikey = `z${base58.encode(Uint8Array.from([...code, ...new Uint8Array(length).fill(7)]))}`;
    expect(await find(`did:key:${multikey}#${multikey}`)).toMatchObject({
      code: 'key-kind-not-supported',
      facts: { kind: `did:key ${kind}` },
      asks: 'unsupported',
    });
  });

  it('knows no key by the code of a secret one', async () => {
    const multikey = `z${base58.encode(Uint8Array.from([0x80, 0x26, ...new Uint8Array(32).fill(7)]))}`;
    expect(await find(`did:key:${multikey}#${multikey}`)).toMatchObject({
      code: 'bad-value',
      asks: 'invalid',
    });
  });

  it('reads back what it writes', async () => {
    for (const algorithm of kinds) {
      const { multikey } = await createKey(algorithm);
      const parsed = parseMultikey(multikey ?? '');
      expect(parsed.ok && multikeyOf(parsed.jwk)).toBe(multikey);
    }
  });

  it('names what it cannot look up', async () => {
    expect(await find('did:example:1#k')).toMatchObject({
      asks: 'unsupported',
      facts: { kind: 'did:example' },
    });
    expect(await find('xxx:1')).toMatchObject({ asks: 'invalid' });
    expect(await find('z6Mk')).toMatchObject({ asks: 'invalid' });
  });
});
