import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { outcomeOf } from '../testing/judge.ts';
import { proofOver, signEmbedded } from '../testing/sign-data-integrity.ts';
import {
  bytesOfNumber,
  emptySignatures,
  groupOrders,
  numberOf,
  withProof,
  withProofBytes,
} from '../testing/signature-forgeries.ts';

const issuer = await buildIssuer();
const badge = await buildBadge({ proof: 'eddsa-jcs-2022', issuer, narrative: 'By hand, €50, 😀' });
const signed = jsonOf(badge);
const wish = {
  suite: 'eddsa-jcs-2022',
  key: issuer.key,
  verificationMethod: issuer.keyId,
  created: '2026-01-15T10:00:00Z',
} as const;
const good = 'valid: all-passed';
const bad = 'invalid: signature-bad';

describe('a badge with an eddsa-jcs-2022 proof', () => {
  it('is valid as it was signed, in whatever order its names stand', async () => {
    expect(await outcomeOf(signed)).toBe(good);
    expect(await outcomeOf(Object.fromEntries(Object.entries(signed).reverse()))).toBe(good);
  });

  it('may hold words that no context defines: every letter of it is signed', async () => {
    const more = await signEmbedded({ ...badge.document, 'x-course': { z: [1e21, 0.1, -0], a: null } }, wish);
    expect(await outcomeOf(more)).toBe(good);
    expect(await outcomeOf({ ...more, 'x-course': { z: [1e21, 0.1, 1], a: null } })).toBe(bad);
    expect(await outcomeOf({ ...more, 'x-other': 1 })).toBe(bad);
  });

  it.each(Object.entries(emptySignatures))('is invalid with a signature %s', async (_name, change) => {
    expect(await outcomeOf(withProofBytes(signed, change))).toMatch(/^invalid: (signature-bad|bad-value)$/);
  });

  it('is invalid with the other signature that the same equation allows', async () => {
    const other = withProofBytes(signed, (bytes) => {
      const half = numberOf(bytes.slice(32).reverse()) + groupOrders.Ed25519;
      return Uint8Array.from([...bytes.slice(0, 32), ...bytesOfNumber(half, 32).reverse()]);
    });
    expect(await outcomeOf(other)).toBe(bad);
  });

  it('is invalid once its proof says anything else', async () => {
    expect(await outcomeOf(withProof(signed, { created: '2026-01-15T10:00:01Z' }))).toBe(bad);
    expect(await outcomeOf(withProof(signed, { domain: 'academy.example' }))).toBe(bad);
    expect(await outcomeOf(withProof(signed, { proofPurpose: 'authentication' }))).toBe(
      'invalid: proof-purpose-wrong',
    );
    expect(await outcomeOf(withProof(signed, { expires: '2026-05-01T00:00:00Z' }))).toBe(
      'invalid: proof-expired',
    );
  });

  it('is invalid with the proof of another badge of the same issuer', async () => {
    const other = jsonOf(await buildBadge({ proof: 'eddsa-jcs-2022', issuer, name: 'CSS' }));
    expect(await outcomeOf({ ...signed, proof: other['proof'] ?? {} })).toBe(bad);
  });
});

describe('the contexts that a proof names', () => {
  const contexts = signed['@context'] as readonly string[];

  it('must begin those of the document; what stands behind was not signed', async () => {
    const longer = { ...signed, '@context': [...contexts, 'https://w3id.org/security/multikey/v1'] };
    expect(await outcomeOf(longer)).toBe(good);
    const older = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json';
    const swapped = { ...signed, '@context': [contexts[0] ?? '', older] };
    expect(await outcomeOf(swapped)).toBe('invalid: proof-elsewhere');
    expect(await outcomeOf({ ...signed, '@context': [contexts[0] ?? ''] })).toMatch(/^(?:invalid|malformed)/);
  });

  it('may be left out; then the document’s own are signed as they stand', async () => {
    const plain = await signWithoutContext(badge.document);
    expect(await outcomeOf(plain)).toBe(good);
    const longer = { ...plain, '@context': [...contexts, 'https://w3id.org/security/multikey/v1'] };
    expect(await outcomeOf(longer)).toBe(bad);
  });
});

it('refuses text that no encoding can hold', async () => {
  const half = await signEmbedded({ ...badge.document, name: 'half \ud83d' }, wish);
  expect(await outcomeOf(half)).toMatch(/^(?:malformed|invalid)/);
});

/** Signs as a suite of the same key over a proof that names no contexts. */
async function signWithoutContext(document: JsonObject): Promise<JsonObject> {
  const { '@context': context, ...rest } = document;
  const proof = await proofOver({ ...rest, '@context': context ?? [] }, { ...wish, withoutContext: true });
  return { ...document, proof };
}
