import { describe, expect, it } from 'vitest';
import { utf8 } from '../../model/bytes.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { type BadgeProof, buildBadge } from '../../testing/build-badge.ts';
import { buildIssuer } from '../../testing/build-issuer.ts';
import { signToken } from '../../testing/sign-token.ts';
import { verify } from '../../testing/verify-served.ts';

/** The verdict on a badge that was really signed with one context more. */
async function verdictWith(proof: BadgeProof, context: Json, change = (document: JsonObject) => document) {
  const algorithm = proof === 'ecdsa-jcs-2019' ? 'ES256' : 'EdDSA';
  const badge = await buildBadge({
    proof,
    algorithm,
    change: (document) =>
      change({ ...document, '@context': [...(document['@context'] as readonly Json[]), context] }),
  });
  const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents);
  return [`${verdict.outcome}: ${verdict.reason}`, issuerProof.kind];
}

describe.each(['eddsa-jcs-2022', 'ecdsa-jcs-2019', 'vc-jwt'] as const)(
  'T42: the contexts of a badge signed with %s',
  (proof) => {
    it('must be known', async () => {
      const [unknown] = await verdictWith(proof, 'https://issuer.example/words.json');
      expect(unknown).toBe('unsupported: unknown-context');
      const known = await verdictWith(proof, 'https://w3id.org/security/data-integrity/v2');
      expect(known).toEqual(['valid: all-passed', 'key']);
    });

    it('may say the language of all texts', async () => {
      const spoken = await verdictWith(proof, { '@language': 'ar' });
      expect(spoken).toEqual(['valid: all-passed', 'key']);
      const [moved] = await verdictWith(proof, { '@language': 'ar', '@base': 'https://t.example/' });
      expect(moved).toMatch(/^malformed: /);
    });

    it('may name words of their own, and rename none', async () => {
      const grade = (document: JsonObject) => ({ ...document, grade: 'A' });
      const own = await verdictWith(proof, { grade: 'https://issuer.example/words#grade' }, grade);
      expect(own).toEqual(['valid: all-passed', 'key']);
      // As JSON it reads as ever; as linked data its achievement is something else.
      const renamed = { achievement: 'https://issuer.example/words#attendance' };
      expect(await verdictWith(proof, renamed)).toEqual([expect.stringMatching(/^malformed: /), 'none']);
    });
  },
);

describe('T41: a token with a credential inside and fields of one beside it', () => {
  async function verdictOf(beside: JsonObject) {
    const issuer = await buildIssuer();
    const { document } = await buildBadge({ proof: 'vc-jwt', issuer });
    const payload = JSON.parse(JSON.stringify({ iss: issuer.id, vc: document, ...beside }));
    const header = { alg: issuer.key.algorithm, typ: 'JWT', kid: issuer.keyId };
    const token = await signToken(header, payload, issuer.key);
    const { verdict } = await verify({ kind: 'bytes', bytes: utf8(token) }, new Map());
    return [`${verdict.outcome}: ${verdict.reason}`, issuer.id];
  }

  it.each([
    { credentialSubject: { id: 'did:example:eve', type: ['AchievementSubject'] } },
    { issuer: 'did:example:eve' },
    { validUntil: '2036-01-01T00:00:00Z' },
    { type: ['VerifiableCredential'] },
  ])('is refused when they disagree: %j', async (beside) => {
    expect((await verdictOf(beside))[0]).toBe('invalid: claims-disagree');
  });

  it('is read when they agree, or are no fields of a credential', async () => {
    const issuer = await buildIssuer();
    const { document } = await buildBadge({ proof: 'vc-jwt', issuer });
    expect((await verdictOf({ validFrom: document['validFrom'] ?? null, client: 'wallet' }))[0]).toBe(
      'valid: all-passed',
    );
  });
});
