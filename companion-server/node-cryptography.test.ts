import { describe, expect, it } from 'vitest';
import type { CheckSignature } from '../shared/model/effects.ts';
import { fetcherOver } from '../shared/testing/documents.ts';
import { fixedClock } from '../shared/testing/seeded.ts';
import { signedCases } from '../shared/testing/signed-cases.ts';
import { verifyBadge } from '../shared/verify/verify-badge.ts';
import { nodeCryptography } from './node-cryptography.ts';

const cases = await signedCases();
const met = new Set<string>();

const noting: CheckSignature = (parameters, ...rest) => {
  const isGood = nodeCryptography.checkSignature(parameters, ...rest);
  met.add(`${parameters.name} ${parameters.hash ?? ''} ${isGood}`);
  return isGood;
};

describe('badges verified with Node’s own cryptography', () => {
  it.each(cases)('$area, $name: $expected', async (one) => {
    const { bytes, documents, address, recipient, asked, expected } = one;
    const input: Parameters<typeof verifyBadge>[0] =
      address === undefined ? { kind: 'bytes', bytes } : { kind: 'address', address };
    const options = { ...(recipient && { recipient }), ...(asked && { asked }) };
    const effects = {
      fetch: fetcherOver(documents),
      clock: fixedClock(),
      cryptography: { ...nodeCryptography, checkSignature: noting },
    };
    const { outcome, reason } = (await verifyBadge(input, options, effects)).verdict;
    expect(`${outcome}: ${reason}`).toBe(expected);
  });

  it('were good and bad ones of every curve', () => {
    for (const one of ['Ed25519 ', 'ECDSA SHA-256', 'ECDSA SHA-384', 'ECDSA SHA-512'])
      expect(met).toContain(`${one} true`);
    expect(met).toContain('Ed25519  false');
    expect(met).toContain('ECDSA SHA-256 false');
  });

  const hashes = ['SHA-256', 'SHA-384', 'SHA-512'];
  it.each([
    ...hashes.map((hash) => ({ name: 'RSASSA-PKCS1-v1_5', hash }) as const),
    ...hashes.map((hash, index) => ({ name: 'RSA-PSS', hash, saltLength: 32 + 16 * index }) as const),
  ])('$name with $hash, as WebCrypto signs it', async (parameters) => {
    const made = { ...parameters, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
    const { privateKey, publicKey } = await crypto.subtle.generateKey(made, true, ['sign', 'verify']);
    const jwk = await crypto.subtle.exportKey('jwk', publicKey);
    const signed = new Uint8Array([1, 2, 3]);
    const signature = new Uint8Array(
      await crypto.subtle.sign({ saltLength: 0, ...parameters }, privateKey, signed),
    );
    expect(nodeCryptography.checkSignature(parameters, jwk, signature, signed)).toBe(true);
    expect(nodeCryptography.checkSignature(parameters, jwk, signature, Uint8Array.of(1, 2, 4))).toBe(false);
    const longer = { ...parameters, hash: parameters.hash === 'SHA-512' ? 'SHA-256' : 'SHA-512' };
    expect(nodeCryptography.checkSignature(longer, jwk, signature, signed)).toBe(false);
  });

  it('says of a point off the curve that it is no key', () => {
    const x = 'A'.repeat(43);
    const jwk = { kty: 'EC', crv: 'P-256', x, y: x };
    const parameters = { name: 'ECDSA', hash: 'SHA-256' } as const;
    expect(
      nodeCryptography.checkSignature(parameters, jwk, new Uint8Array(64), new Uint8Array(3)),
    ).toBeUndefined();
  });
});
