import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { outcomeOf } from '../testing/judge.ts';
import { emptySignatures, withProof, withProofBytes } from '../testing/signature-forgeries.ts';

describe.each(['ES256', 'ES384'] as const)(
  'a badge with an ecdsa-jcs-2019 proof by %s',
  async (algorithm) => {
    const issuer = await buildIssuer({ algorithm });
    const signed = jsonOf(await buildBadge({ proof: 'ecdsa-jcs-2019', issuer }));

    it('is valid as it was signed, and not with another letter', async () => {
      expect(await outcomeOf(signed)).toBe('valid: all-passed');
      expect(await outcomeOf({ ...signed, name: 'Another name' })).toBe('invalid: signature-bad');
      expect(await outcomeOf(withProof(signed, { nonce: 'x' }))).toBe('invalid: signature-bad');
    });

    it.each(Object.entries(emptySignatures))('is invalid with a signature %s', async (_name, change) => {
      expect(await outcomeOf(withProofBytes(signed, change))).toMatch(
        /^invalid: (?:signature-bad|bad-value)$/,
      );
    });

    it('is invalid with its signature in another alphabet, or none', async () => {
      const { proof } = signed;
      const value = isJsonObject(proof) ? String(proof['proofValue']) : '';
      for (const proofValue of [`u${value.slice(1)}`, value.slice(1), '', 'z', 'z0', null, [value]])
        expect(await outcomeOf(withProof(signed, { proofValue })), String(proofValue)).toBe(
          'invalid: bad-value',
        );
    });

    it('is invalid with the proof of another badge, and with a key of another issuer', async () => {
      const other = jsonOf(await buildBadge({ proof: 'ecdsa-jcs-2019', issuer, name: 'CSS' }));
      expect(await outcomeOf({ ...signed, proof: other['proof'] ?? {} })).toBe('invalid: signature-bad');
      const stranger = await buildIssuer({ algorithm });
      expect(await outcomeOf(withProof(signed, { verificationMethod: stranger.keyId }))).toBe(
        'invalid: signature-bad',
      );
    });

    it('asks for P-256 or P-384 alone', async () => {
      const edwards = await buildIssuer();
      expect(await outcomeOf(withProof(signed, { verificationMethod: edwards.keyId }))).toBe(
        'invalid: key-does-not-fit',
      );
      const bitcoin = await buildIssuer({ algorithm: 'ES256K' });
      expect(await outcomeOf(withProof(signed, { verificationMethod: bitcoin.keyId }))).toBe(
        'invalid: key-does-not-fit',
      );
    });
  },
);
