import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { servedJson } from '../testing/documents.ts';
import { outcomeOf } from '../testing/judge.ts';
import { type EmbeddedSuite, signEmbedded } from '../testing/sign-data-integrity.ts';
import { deriveCopy } from '../testing/sign-selective-disclosure.ts';
import { withProof } from '../testing/signature-forgeries.ts';
import type { KeyAlgorithm } from '../testing/signing-keys.ts';

const good = 'valid: all-passed';
const suites: readonly (readonly [EmbeddedSuite, KeyAlgorithm])[] = [
  ['eddsa-rdfc-2022', 'EdDSA'],
  ['eddsa-2022', 'EdDSA'],
  ['eddsa-jcs-2022', 'EdDSA'],
  ['ecdsa-rdfc-2019', 'ES256'],
  ['ecdsa-rdfc-2019', 'ES384'],
  ['ecdsa-jcs-2019', 'ES256'],
  ['ecdsa-jcs-2019', 'ES384'],
  ['ecdsa-sd-2023', 'ES256'],
  ['Ed25519Signature2020', 'EdDSA'],
  ['Ed25519Signature2018', 'EdDSA'],
  ['JsonWebSignature2020', 'ES256K'],
];

describe.each(suites)('a proof of %s by %s', async (suite, algorithm) => {
  const issuer = await buildIssuer({ algorithm, keyPlace: 'did:web' });
  const { document } = await buildBadge({ issuer, proof: suite });
  const at = 'https://academy.example/.well-known/did.json';

  /** Really signed with these members; of selective disclosure the copy for others. */
  const signed = async (of: JsonObject, members: { proofPurpose?: string; extra?: JsonObject } = {}) => {
    const proven = await signEmbedded(of, {
      suite,
      key: issuer.key,
      verificationMethod: issuer.keyId,
      created: '2026-01-15T10:00:00Z',
      ...members,
    });
    const parts = Object.keys(of).flatMap((name) => (/^(?:@|id$|type$)/.test(name) ? [] : [`/${name}`]));
    return suite === 'ecdsa-sd-2023' ? deriveCopy(proven, parts) : proven;
  };
  const judged = (one: JsonObject, documents = issuer.documents) => outcomeOf(one, { documents });

  it('is for assertions, though it be really signed for something else', async () => {
    expect(await judged(await signed(document))).toBe(good);
    for (const proofPurpose of ['authentication', 'keyAgreement', 'https://w3id.org/security#authentication'])
      expect(await judged(await signed(document, { proofPurpose }))).toBe('invalid: proof-purpose-wrong');
  });

  it('ends when it says so', async () => {
    const until = (expires: string) => signed(document, { extra: { expires } });
    expect(await judged(await until('2026-06-01T12:00:01Z'))).toBe(good);
    expect(await judged(await until('2026-06-01T12:00:00Z'))).toBe('invalid: proof-expired');
    expect(await judged(withProof(await signed(document), { expires: '2030-01-01T00:00:00Z' }))).not.toBe(
      good,
    );
    expect(await judged(withProof(await signed(document), { expires: 'never' }))).toBe('invalid: bad-value');
  });

  it('is of one document alone', async () => {
    const other = await signed({ ...document, name: 'Another badge' });
    expect(await judged(other)).toBe(good);
    expect(await judged({ ...(await signed(document)), proof: other['proof'] ?? {} })).toBe(
      'invalid: signature-bad',
    );
  });

  it('signs all of its proof but the one value', async () => {
    const one = await signed(document);
    const proof = isJsonObject(one['proof']) ? one['proof'] : {};
    const second = 'jws' in proof ? { proofValue: 'z3' } : { jws: 'e30..AAAA' };
    expect(await judged(withProof(one, second))).toMatch(/^(?:invalid|malformed)/);
  });

  it.each([
    ['no key', { verificationMethod: null }],
    ['two keys', { verificationMethod: [issuer.keyId, issuer.keyId] }],
    ['a number for a key', { verificationMethod: 7 }],
    ['no purpose', { proofPurpose: null }],
    ['a day that is none', { created: 'yesterday' }],
    ['a proof before it that is not there', { previousProof: 'urn:uuid:1' }],
    ['no value', { proofValue: null, jws: null }],
    ['another key of the same issuer', { verificationMethod: `${issuer.id}#key-2` }],
  ] as readonly (readonly [string, JsonObject])[])('is refused with %s', async (_name, change) => {
    expect(await judged(withProof(await signed(document), change))).toMatch(/^invalid/);
  });

  it('asks its issuer for the key, and takes no as an answer', async () => {
    const one = await signed(document);
    expect(await judged(one, new Map())).toBe('unreachable: document-unreachable');
    const text = new TextDecoder().decode(issuer.documents.get(at)?.bytes);
    const own = JSON.parse(text) as JsonObject;
    const serving = (change: JsonObject) => new Map([[at, servedJson({ ...own, ...change })]]);
    expect(await judged(one, serving({}))).toBe(good);
    expect(await judged(one, serving({ assertionMethod: [] }))).toBe('invalid: key-not-authorised');
    expect(await judged(one, serving({ verificationMethod: [] }))).toBe('invalid: key-not-listed');
    expect(await judged(one, serving({ id: 'did:web:stranger.example' }))).toBe('invalid: key-owner-differs');
    const taken = withMember(own, 'revoked', '2026-05-01T00:00:00Z');
    expect(await judged(one, serving(taken))).toBe('invalid: key-revoked');
    expect(await judged(one, serving(withMember(own, 'revoked', '2027-05-01T00:00:00Z')))).toBe(good);
  });
});

/** The document's methods with one more member each. */
function withMember(document: JsonObject, name: string, value: Json): JsonObject {
  const methods = document['verificationMethod'] as readonly Json[];
  return {
    verificationMethod: methods.map((method) =>
      isJsonObject(method) ? { ...method, [name]: value } : method,
    ),
  };
}
