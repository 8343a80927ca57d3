import { isJsonObject, type JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from './build-badge.ts';
import { buildIssuer } from './build-issuer.ts';
import {
  type EmbeddedProofWish,
  type EmbeddedSuite,
  proofOver,
  signEmbedded,
} from './sign-data-integrity.ts';
import { withProof } from './signature-forgeries.ts';
import { collectCases, readByVc, type SignedCase } from './signed-case.ts';
import type { KeyAlgorithm } from './signing-keys.ts';

const created = '2026-01-15T10:00:00Z';
const suites: readonly (readonly [EmbeddedSuite, KeyAlgorithm])[] = [
  ['eddsa-rdfc-2022', 'EdDSA'],
  ['eddsa-jcs-2022', 'EdDSA'],
  ['ecdsa-rdfc-2019', 'ES256'],
  ['ecdsa-jcs-2019', 'ES384'],
  ['Ed25519Signature2020', 'EdDSA'],
];

/** Attacks on proofs that stand in the document. Source: DI §Verify Proof, §Proof Chains. */
export async function proofCases(): Promise<readonly SignedCase[]> {
  return [...(await suiteCases()), ...(await optionCases()), ...(await chainCases()), ...(await textCases())];
}

/** The same attacks on every suite. */
async function suiteCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('proof of each suite');
  for (const [suite, algorithm] of suites) {
    const issuer = await buildIssuer({ algorithm });
    const badge = await buildBadge({ proof: suite, issuer });
    const signed = jsonOf(badge);
    const another = jsonOf(await buildBadge({ proof: suite, issuer, name: 'PHP Basics' }));
    const refuses = readByVc(suite, 'refuses');
    add('valid: all-passed', `${suite}, honest`, signed, readByVc(suite, 'accepts'));
    const moved = { ...another, proof: signed['proof'] ?? null };
    add('invalid: signature-bad', `${suite}, proof of another badge`, moved, refuses);
    const richer = { ...signed, description: 'With distinction' };
    add('invalid: signature-bad', `${suite}, a sentence added that nobody signed`, richer, refuses);
    const forged = jsonOf(await buildBadge({ proof: suite, issuer, forgery: 'other-key' }));
    add('invalid: signature-bad', `${suite}, signed by another key`, forged, refuses);
    const arabic = { '@value': 'شارة', '@language': 'ar', '@direction': 'rtl' };
    const change = (document: JsonObject) => ({ ...document, name: arabic });
    const leftward = jsonOf(await buildBadge({ proof: suite, issuer, change }));
    const accepts = readByVc(suite, 'accepts');
    add('valid: all-passed', `${suite}, a name that runs from right to left`, leftward, accepts);
    const turned = { ...leftward, name: { ...arabic, '@direction': 'ltr' } };
    add('invalid: signature-bad', `${suite}, a name whose direction was turned`, turned, refuses);
  }
  return cases;
}

async function academyProof(suite: EmbeddedSuite = 'eddsa-rdfc-2022') {
  const issuer = await buildIssuer();
  const badge = await buildBadge({ proof: suite, issuer });
  const wish: EmbeddedProofWish = { suite, key: issuer.key, verificationMethod: issuer.keyId, created };
  const sign = (change: Partial<EmbeddedProofWish>) => signEmbedded(badge.document, { ...wish, ...change });
  return { issuer, document: badge.document, signed: jsonOf(badge), wish, sign };
}

async function optionCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('options of a proof');
  const { signed, sign } = await academyProof();
  const accepts = readByVc('eddsa-rdfc-2022', 'accepts');
  const refuses = readByVc('eddsa-rdfc-2022', 'refuses');
  const authentication = await sign({ proofPurpose: 'authentication' });
  add('invalid: proof-purpose-wrong', 'signed to log in', authentication, refuses);
  const turned = withProof(authentication, { proofPurpose: 'assertionMethod' });
  add('invalid: signature-bad', 'signed to log in, and relabelled', turned, refuses);
  const later = await sign({ extra: { expires: '2030-01-01T00:00:00Z' } });
  add('valid: all-passed', 'ends in years to come', later, accepts);
  const over = await sign({ extra: { expires: '2026-02-01T00:00:00Z' } });
  // The library leaves a proof's own end to whoever asks it.
  add('invalid: proof-expired', 'has ended', over, accepts);
  const longer = withProof(over, { expires: '2030-01-01T00:00:00Z' });
  add('invalid: signature-bad', 'has ended, and was prolonged', longer, refuses);
  add('invalid: bad-value', 'ends at no time', withProof(signed, { expires: 'never' }), refuses);
  const dated = withProof(signed, { created: '2026-01-16T10:00:00Z' });
  add('invalid: signature-bad', 'made on another day', dated, refuses);
  const label = await sign({ label: 'eddsa-jcs-2022' });
  add('invalid: signature-bad', 'calls itself another suite', label, readByVc('eddsa-jcs-2022', 'refuses'));
  const unknown = withProof(signed, { cryptosuite: 'bbs-2023' });
  add('unsupported: suite-not-supported', 'a suite of others', unknown, refuses);
  const stranger = await buildIssuer();
  const renamed = withProof(signed, { verificationMethod: stranger.keyId });
  add('invalid: signature-bad', 'names a key that did not sign', renamed, refuses);
  const theirs = await sign({ key: stranger.key, verificationMethod: stranger.keyId });
  add('invalid: key-owner-differs', 'really signed by a stranger', theirs, refuses);
  const { proof: _, ...bare } = signed;
  add('invalid: no-proof', 'no proof at all', bare, refuses);
  return cases;
}

const id = (name: number) => `urn:uuid:0000000${name}-0000-4000-8000-000000000000`;

/** The library reads sets; of chains it knows nothing. */
async function chainCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('proof sets and chains');
  const { document, wish } = await academyProof();
  const over = (base: JsonObject, extra: JsonObject, change: Partial<EmbeddedProofWish> = {}) =>
    proofOver(base, { ...wish, ...change, extra });
  const first = await over(document, { id: id(1) });
  const second = await over(document, { id: id(2) }, { created: '2026-01-16T10:00:00Z' });
  const after = await over({ ...document, proof: [first] }, { id: id(3), previousProof: id(1) });
  add('valid: all-passed', 'two good ones', { ...document, proof: [first, second] });
  const shifted = { ...second, created: '2026-01-17T10:00:00Z' };
  add('invalid: signature-bad', 'a good one and an altered one', { ...document, proof: [first, shifted] });
  add('valid: all-passed', 'a chain of two', { ...document, proof: [first, after] });
  add('invalid: proof-chain-broken', 'a chain without its first', { ...document, proof: [after] });
  const twice = { ...document, proof: [first, first, after] };
  add('invalid: proof-chain-broken', 'a chain with its first twice', twice);
  const ownTail = await over(document, { id: id(4), previousProof: id(4) });
  add('invalid: proof-chain-broken', 'a proof that comes before itself', { ...document, proof: [ownTail] });
  const replaced = { ...document, proof: [{ ...second, id: id(1) }, after] };
  add('invalid: signature-bad', 'a chain whose first was exchanged', replaced);
  const stranger = await buildIssuer();
  const signer = { key: stranger.key, verificationMethod: stranger.keyId };
  const theirs = await over(document, {}, signer);
  add('invalid: key-owner-differs', 'the issuer’s and a stranger’s', { ...document, proof: [first, theirs] });
  return cases;
}

/** What a document may say twice, or say beside what was signed. */
async function textCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('text around a proof');
  const { signed } = await academyProof();
  const text = JSON.stringify(signed);
  const twice = text.replace('"name":', '"name":"Doctor of Science","name":');
  add('malformed: not-json', 'a name that stands there twice', twice);
  const escaped = text.replace('"name":', '"\\u006eame":"Doctor of Science","name":');
  add('malformed: not-json', 'a name that stands there twice, once escaped', escaped);
  const subject = signed['credentialSubject'];
  const other = {
    ...signed,
    credentialSubject: { ...(isJsonObject(subject) ? subject : {}), id: 'did:example:eve' },
  };
  const refuses = readByVc('eddsa-rdfc-2022', 'refuses');
  add('invalid: signature-bad', 'given to somebody else', other, refuses);
  const earlier = { ...signed, validFrom: '2025-01-15T10:00:00Z' };
  add('invalid: signature-bad', 'begins on another day', earlier, refuses);
  const beside = { ...signed, grade: 'excellent' };
  add('malformed: undefined-term', 'a word of no vocabulary beside what was signed', beside, refuses);
  return cases;
}
