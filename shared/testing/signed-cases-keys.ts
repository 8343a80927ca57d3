import type { Json, JsonObject } from '../model/json.ts';
import { buildBadge } from './build-badge.ts';
import { buildIssuer } from './build-issuer.ts';
import { type Documents, mergeDocuments, type Served, servedBytes, servedJson } from './documents.ts';
import { signToken } from './sign-token.ts';
import { collectCases, type Expectation, readByJose, type SignedCase, served } from './signed-case.ts';
import { createKey } from './signing-keys.ts';

/** Keys behind https: sets, single keys, documents of issuers. Source: OB 3.0 §joseheader; RFC 7517. */
export async function keyCases(): Promise<readonly SignedCase[]> {
  return [...(await setCases()), ...(await placeCases()), ...(await controllerCases())];
}

async function setCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('https JWKS');
  const issuer = await buildIssuer({ algorithm: 'ES256', keyPlace: 'jwks' });
  const other = await createKey('ES256');
  const { text, documents } = await buildBadge({ proof: 'vc-jwt', issuer });
  const address = issuer.keyId.split('#')[0] ?? '';
  const own: JsonObject = { ...issuer.key.publicJwk, kid: 'key-1' };
  const strange: JsonObject = { ...other.publicJwk, kid: 'key-0' };
  const good = readByJose(issuer.key, 'accepts');
  const rows: readonly (readonly [Expectation, string, readonly JsonObject[]])[] = [
    ['valid: all-passed', 'one key', [own]],
    ['valid: all-passed', 'several, picked by name', [strange, own]],
    ['valid: all-passed', 'a name written whole', [strange, { ...own, kid: issuer.keyId }]],
    ['valid: all-passed', 'a key that says what it is for', [{ ...own, use: 'sig', key_ops: ['verify'] }]],
    ['valid: all-passed', 'a key that names its algorithm', [{ ...own, alg: 'ES256' }]],
    ['invalid: key-not-listed', 'no key of this name', [strange]],
    ['invalid: key-not-listed', 'the same key by another name', [{ ...own, kid: 'key-2' }]],
    ['invalid: key-not-listed', 'an empty set', []],
    ['invalid: key-not-authorised', 'a key for encryption', [{ ...own, use: 'enc' }]],
    ['invalid: key-not-authorised', 'a key for other operations', [{ ...own, key_ops: ['deriveKey'] }]],
    ['invalid: key-does-not-fit', 'a key of another algorithm', [{ ...own, alg: 'ES384' }]],
    ['invalid: bad-value', 'a key with its secret', [{ ...own, d: 'AAAA' }]],
    ['invalid: signature-bad', 'another key by this name', [{ ...strange, kid: 'key-1' }]],
  ];
  for (const [expected, name, keys] of rows) {
    const set = new Map([[address, servedJson({ keys: [...keys] })]]);
    const isOther = expected === 'invalid: signature-bad';
    // The library is given what the set names, as it would find it.
    const reader = isOther ? readByJose(other, 'refuses') : good;
    add(expected, name, text, { documents: mergeDocuments(documents, set), ...reader });
  }
  const without = new Map([...documents].filter(([place]) => place !== address));
  add('unreachable: document-unreachable', 'nobody serves the set', text, { documents: without, ...good });
  const page = new Map([[address, servedBytes(new TextEncoder().encode('<!doctype html>'), 'text/html')]]);
  add('unreachable: document-not-json', 'a page where the set should be', text, {
    documents: mergeDocuments(documents, page),
    ...good,
  });
  const nameless = await buildBadge({ proof: 'vc-jwt', issuer: { ...issuer, keyId: address } });
  const several = new Map([[address, servedJson({ keys: [strange, own] })]]);
  add('invalid: key-not-listed', 'several keys and none is named', nameless.text, {
    documents: mergeDocuments(documents, several),
    ...good,
  });
  return cases;
}

/** The key lies elsewhere than with the issuer that is named. */
async function placeCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('key elsewhere');
  const issuer = await buildIssuer({ algorithm: 'ES256', keyPlace: 'jwks' });
  const built = await buildBadge({ proof: 'vc-jwt', issuer });
  const set = issuer.keyId.split('#')[0] ?? '';
  const own: JsonObject = { ...issuer.key.publicJwk, kid: 'key-1' };
  const elsewhere = 'https://keys.example/jwks.json';
  const token = (header: JsonObject) => signToken({ alg: 'ES256', ...header }, built.document, issuer.key);
  const good = readByJose(issuer.key, 'accepts');
  const withSet = mergeDocuments(built.documents, new Map([[elsewhere, servedJson({ keys: [own] })]]));
  const foreign = await token({ kid: `${elsewhere}#key-1` });
  add('invalid: key-owner-differs', 'a set on another host', foreign, { documents: withSet, ...good });
  add('valid: all-passed', 'a set on another host, and an issuer that cannot be asked', foreign, {
    documents: new Map([[elsewhere, servedJson({ keys: [own] })]]),
    told: 'issuer-not-confirmed',
    ...good,
  });
  const moved: Served = {
    status: 302,
    mediaType: 'text/plain',
    bytes: new Uint8Array(),
    location: elsewhere,
  };
  const led = mergeDocuments(withSet, new Map([[set, moved]]));
  add('unreachable: document-unreachable', 'the issuer’s set leads to another host', built.text, {
    documents: led,
    ...good,
  });
  const inline = await token({ jwk: issuer.key.publicJwk });
  add('valid: all-passed', 'a key inside the token that nothing binds to the issuer', inline, {
    documents: built.documents,
    told: 'issuer-not-confirmed',
    ...good,
  });
  const other = await createKey('ES256');
  const lying = await signToken(
    { alg: 'ES256', jwk: other.publicJwk, kid: issuer.keyId },
    built.document,
    other,
  );
  add('invalid: key-owner-differs', 'another key inside the token than at its name', lying, {
    documents: built.documents,
    ...readByJose(issuer.key, 'refuses'),
  });
  const alone = await buildBadge({ proof: 'vc-jwt', algorithm: 'ES256', keyPlace: 'jwk' });
  const reader = readByJose(alone.issuer.key, 'accepts');
  add('valid: all-passed', 'an address that answers with the key alone', alone.text, {
    ...served(alone),
    ...reader,
  });
  return cases;
}

async function controllerCases(): Promise<readonly SignedCase[]> {
  const { cases, add } = collectCases('issuer’s own document');
  const issuer = await buildIssuer({ algorithm: 'ES256', keyPlace: 'did:web' });
  const badge = await buildBadge({ proof: 'vc-jwt', issuer });
  const [address = ''] = issuer.documents.keys();
  const method: JsonObject = {
    id: issuer.keyId,
    type: 'JsonWebKey',
    controller: issuer.id,
    publicKeyJwk: issuer.key.publicJwk,
  };
  const serving = (document: JsonObject): Documents =>
    mergeDocuments(badge.documents, new Map([[address, servedJson({ id: issuer.id, ...document })]]));
  const listing = (more: JsonObject, lists: Json = [issuer.keyId]) =>
    serving({ verificationMethod: [{ ...method, ...more }], assertionMethod: lists });
  const reader = readByJose(issuer.key, 'accepts');
  const rows: readonly (readonly [Expectation, string, Documents])[] = [
    ['valid: all-passed', 'lists the key for assertions', listing({})],
    ['valid: all-passed', 'ends the key in years to come', listing({ expires: '2030-01-01T00:00:00Z' })],
    ['invalid: key-not-authorised', 'lists the key for nothing', listing({}, [])],
    ['invalid: key-not-listed', 'names another key', listing({ id: `${issuer.id}#key-2` })],
    ['invalid: key-revoked', 'took the key back', listing({ revoked: '2026-02-01T00:00:00Z' })],
    ['invalid: key-expired', 'ended the key', listing({ expires: '2026-02-01T00:00:00Z' })],
    ['invalid: key-owner-differs', 'calls itself another', serving({ id: 'did:web:stranger.example' })],
  ];
  for (const [expected, name, documents] of rows) add(expected, name, badge.text, { documents, ...reader });
  return cases;
}
