import { describe, expect, it } from 'vitest';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verifyBadge } from '../verify/verify-badge.ts';
import { ed25519Signature2020 } from './ed25519-signature-2020.ts';
import { proofSuiteOf } from './registry.ts';

describe('Ed25519Signature2020', () => {
  it('is found by the type of the proof alone', async () => {
    const badge = await buildBadge({ proof: 'Ed25519Signature2020' });
    const subject = { generation: '3.0', document: jsonOf(badge) } as const;
    const proof = { kind: 'embedded', proof: { type: 'Ed25519Signature2020' } } as const;
    expect(proofSuiteOf(proof, subject)).toBe(ed25519Signature2020);
    expect(proofSuiteOf({ kind: 'embedded', proof: { type: 'RsaSignature2018' } }, subject)).toBeUndefined();
  });

  it('vouches for what was signed, and for nothing that was changed', async () => {
    const badge = await buildBadge({ proof: 'Ed25519Signature2020' });
    const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
    const good = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
    expect(good.verdict.outcome).toBe('valid');
    const forged = await buildBadge({ proof: 'Ed25519Signature2020', forgery: 'byte-changed' });
    const bad = await verifyBadge({ kind: 'bytes', bytes: forged.bytes }, {}, effects);
    expect(bad.verdict).toMatchObject({ outcome: 'invalid', reason: 'signature-bad' });
    expect(bad.issuerProof).toEqual({ kind: 'none' });
  });
});
