import type { JsonObject } from '../model/json.ts';
import { buildBadge } from './build-badge.ts';
import { buildIssuer } from './build-issuer.ts';
import { hmacToken, signToken, unsignedToken } from './sign-token.ts';
import { collectCases, type Expectation, readByJose, type SignedCase } from './signed-case.ts';
import { createKey, type KeyAlgorithm } from './signing-keys.ts';

const holder = { type: 'did', value: 'did:example:mia' } as const;

/** Credentials as tokens: styles of claims, headers that try something, keys and algorithms. Source: OB 3.0 §jwt-proof. */
export async function tokenCases(): Promise<readonly SignedCase[]> {
  return [...(await claimCases()), ...(await headerCases()), ...(await algorithmCases())];
}

async function academyToken() {
  const issuer = await buildIssuer();
  const wish = { proof: 'vc-jwt', issuer, recipient: holder, expires: '2030-01-01T00:00:00Z' } as const;
  const { document } = await buildBadge(wish);
  const seconds = (name: string) => Math.floor(Date.parse(String(document[name])) / 1000);
  const claims: JsonObject = {
    iss: issuer.id,
    jti: document['id'] ?? '',
    sub: holder.value,
    nbf: seconds('validFrom'),
    exp: seconds('validUntil'),
  };
  const header: JsonObject = { alg: 'EdDSA', typ: 'JWT', kid: issuer.keyId };
  const token = (payload: JsonObject, changed: JsonObject = {}) =>
    signToken({ ...header, ...changed }, payload, issuer.key);
  return { issuer, document, claims, header, token, beside: { ...document, ...claims } };
}

async function claimCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('claims of a token');
  const { issuer, document, claims, token, beside } = await academyToken();
  const good = readByJose(issuer.key, 'accepts');
  const { id: _, issuer: _issuer, validFrom: _from, validUntil: _until, ...less } = document;
  const styles: Readonly<Record<string, JsonObject>> = {
    'beside the credential': beside,
    'around the credential': { ...claims, vc: document },
    'around a credential that leaves out what they say': { ...claims, vc: less },
    'none at all': document,
  };
  for (const [name, payload] of Object.entries(styles))
    add('valid: all-passed', name, await token(payload), good);
  for (const [claim, value] of [
    ['iss', 'did:example:other'],
    ['jti', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
    ['sub', 'did:example:other'],
    ['nbf', 1],
    ['nbf', 'soon'],
    ['exp', 4_102_444_800],
    ['exp', 'never'],
  ] as const) {
    const name = `${claim} says ${value}`;
    add('invalid: claims-disagree', `${name}, beside`, await token({ ...beside, [claim]: value }), good);
    const around = { ...claims, vc: document, [claim]: value };
    add('invalid: claims-disagree', `${name}, around`, await token(around), good);
  }
  const past = { ...claims, exp: 1_769_000_000, vc: less };
  add('expired: has-expired', 'the end stands in the claims alone, and has come', await token(past), good);
  const future = { ...claims, nbf: 1_800_000_000, vc: less };
  add('invalid: not-yet-valid', 'the beginning stands in the claims alone', await token(future), good);
  return cases;
}

async function headerCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('header of a token');
  const { issuer, header, token, beside } = await academyToken();
  const stranger = await createKey('EdDSA');
  const good = readByJose(issuer.key, 'accepts');
  const bad = readByJose(issuer.key, 'refuses');
  const changed: readonly (readonly [Expectation, string, JsonObject, typeof good])[] = [
    ['valid: all-passed', 'typ vc+jwt', { typ: 'vc+jwt' }, good],
    ['valid: all-passed', 'typ with application/ before it', { typ: 'application/vc+jwt' }, good],
    ['valid: all-passed', 'the issuer’s own key beside its name', { jwk: issuer.key.publicJwk }, good],
    ['invalid: bad-value', 'crit with an unknown word', { crit: ['exp'], exp: 1 }, bad],
    ['invalid: bad-value', 'empty crit', { crit: [] }, bad],
    // RFC 7797 asks for the payload as it stands, which is this one's own letters: good for a library of tokens.
    ['invalid: bad-value', 'b64 with crit', { b64: false, crit: ['b64'] }, good],
    ['invalid: bad-value', 'jku', { jku: 'https://stranger.example/jwks' }, good],
    ['invalid: bad-value', 'x5u', { x5u: 'https://stranger.example/cert' }, good],
    ['invalid: bad-value', 'x5c', { x5c: ['MIIB'] }, good],
    ['invalid: bad-value', 'typ of an access token', { typ: 'at+jwt' }, good],
    ['invalid: bad-value', 'typ of a presentation', { typ: 'vp+jwt' }, good],
    ['invalid: missing-field', 'neither kid nor jwk', { kid: null }, good],
    ['invalid: bad-value', 'kid that is a file', { kid: 'file:///etc/passwd' }, good],
    ['unsupported: key-kind-not-supported', 'kid of an unknown method', { kid: 'did:example:1#a' }, good],
    ['invalid: bad-value', 'jwk that holds its secret', { jwk: { ...stranger.publicJwk, d: 'AAAA' } }, good],
    ['invalid: key-owner-differs', 'jwk of a stranger', { jwk: stranger.publicJwk }, good],
    ['invalid: key-does-not-fit', 'alg of another kind of key', { alg: 'ES256' }, bad],
    ['invalid: key-does-not-fit', 'alg RS256 over Ed25519', { alg: 'RS256' }, bad],
    ['unsupported: algorithm-not-supported', 'alg of tomorrow', { alg: 'ML-DSA-65' }, bad],
  ];
  for (const [expected, name, members, reader] of changed)
    add(expected, name, await token(beside, members), reader);
  const unsigned = unsignedToken(header, beside);
  add('invalid: algorithm-not-supported', 'alg none and no signature', unsigned, bad);
  const mac = await hmacToken(header, beside, issuer.key);
  add('invalid: algorithm-not-supported', 'HS256 with the public key as secret', mac, bad);
  const own = await signToken({ alg: 'EdDSA', jwk: stranger.publicJwk }, beside, stranger);
  add('invalid: key-owner-differs', 'a stranger’s key beside his signature', own, bad);
  return cases;
}

/** What `jose` knows is read by it too; it has no secp256k1. */
async function algorithmCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('algorithm of a token');
  const algorithms: readonly KeyAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES512', 'ES256K'];
  for (const algorithm of algorithms) {
    const issuer = await buildIssuer({ algorithm, keyPlace: 'did:jwk' });
    const reader = (says: 'accepts' | 'refuses') =>
      algorithm === 'ES256K' ? {} : readByJose(issuer.key, says);
    const built = async (forgery: 'none' | 'byte-changed' | 'other-key') =>
      (await buildBadge({ proof: 'vc-jwt', issuer, forgery })).text;
    add('valid: all-passed', `${algorithm}`, await built('none'), reader('accepts'));
    const altered = await built('byte-changed');
    add('invalid: signature-bad', `${algorithm}, one letter changed`, altered, reader('refuses'));
    const another = await built('other-key');
    add('invalid: signature-bad', `${algorithm}, by another key`, another, reader('refuses'));
  }
  const forgery = { proof: 'vc-jwt', algorithm: 'ES256K' } as const;
  const swapped = (await buildBadge({ ...forgery, forgery: 'algorithm-swapped' })).text;
  add('invalid: key-does-not-fit', 'ES256K that calls itself ES256', swapped);
  const foreign = (await buildBadge({ ...forgery, forgery: 'key-of-another-issuer' })).text;
  add('invalid: key-owner-differs', 'ES256K by another issuer', foreign);
  return cases;
}
