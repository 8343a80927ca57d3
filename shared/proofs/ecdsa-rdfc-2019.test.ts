import { describe, expect, it } from 'vitest';
import { concat } from '../model/bytes.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { canonicalQuads, digestOf } from '../testing/canonical-forms.ts';
import { outcomeOf } from '../testing/judge.ts';
import {
  bytesOfNumber,
  emptySignatures,
  groupOrders,
  numberOf,
  withProof,
  withProofBytes,
} from '../testing/signature-forgeries.ts';
import { multibaseOf } from '../testing/signing-keys.ts';

const issuers = {
  'P-256': await buildIssuer({ algorithm: 'ES256' }),
  'P-384': await buildIssuer({ algorithm: 'ES384' }),
};
const badges = {
  'P-256': jsonOf(await buildBadge({ proof: 'ecdsa-rdfc-2019', issuer: issuers['P-256'] })),
  'P-384': jsonOf(await buildBadge({ proof: 'ecdsa-rdfc-2019', issuer: issuers['P-384'] })),
};
const good = 'valid: all-passed';
const refused = /^invalid: (?:signature-bad|bad-value)$/;

describe.each(['P-256', 'P-384'] as const)('a badge with an ecdsa-rdfc-2019 proof over %s', (curve) => {
  const signed = badges[curve];

  it('is valid as it was signed, and not with another letter', async () => {
    expect(await outcomeOf(signed)).toBe(good);
    expect(await outcomeOf({ ...signed, name: 'Another name' })).toBe('invalid: signature-bad');
    expect(await outcomeOf(withProof(signed, { created: '2026-01-15T10:00:01Z' }))).toBe(
      'invalid: signature-bad',
    );
  });

  it.each(Object.entries(emptySignatures))('is invalid with a signature %s', async (_name, change) => {
    expect(await outcomeOf(withProofBytes(signed, change))).toMatch(refused);
  });

  it('is invalid when its proof names a key of the other curve', async () => {
    const { keyId } = issuers[curve === 'P-256' ? 'P-384' : 'P-256'];
    expect(await outcomeOf(withProof(signed, { verificationMethod: keyId }))).toBe(
      'invalid: key-does-not-fit',
    );
  });
});

it('takes numbers of a signature only below the order of the group', async () => {
  const order = groupOrders['P-256'];
  const withHalves = (change: (r: bigint, s: bigint) => readonly [bigint, bigint]) =>
    withProofBytes(badges['P-256'], (bytes) => {
      const [r, s] = change(numberOf(bytes.slice(0, 32)), numberOf(bytes.slice(32)));
      return concat(bytesOfNumber(r % 2n ** 256n, 32), bytesOfNumber(s % 2n ** 256n, 32));
    });
  // Both answers to one equation are signatures of ECDSA; DI ECDSA does not choose between them.
  expect(await outcomeOf(withHalves((r, s) => [r, order - s]))).toBe(good);
  expect(await outcomeOf(withHalves((r, s) => [r, s + order]))).toMatch(refused);
  expect(await outcomeOf(withHalves((r, s) => [r + order, s]))).toMatch(refused);
  expect(await outcomeOf(withHalves((_r, s) => [order, s]))).toMatch(refused);
  expect(await outcomeOf(withHalves((r) => [r, order]))).toMatch(refused);
});

it('uses SHA-384 with P-384 everywhere, and never a shorter one', async () => {
  const { key, keyId } = issuers['P-384'];
  const { proof, ...document } = badges['P-384'];
  const { proofValue: _, ...options } = isJsonObject(proof) ? proof : {};
  const signWith = async (inner: string, outer: string): Promise<JsonObject> => {
    const configuration = { ...options, '@context': document['@context'] ?? [] };
    const hashes = [configuration, document].map(async (part) =>
      digestOf(await canonicalQuads(part, { hash: inner }), outer),
    );
    const proofValue = multibaseOf(await key.sign(concat(...(await Promise.all(hashes)))));
    return { ...document, proof: { ...options, verificationMethod: keyId, proofValue } };
  };
  expect(await outcomeOf(await signWith('SHA-384', 'SHA-384'))).toBe(good);
  expect(await outcomeOf(await signWith('SHA-384', 'SHA-256'))).toBe('invalid: signature-bad');
});
