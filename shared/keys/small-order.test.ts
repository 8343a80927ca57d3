import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, servedBytes, servedJson } from '../testing/documents.ts';
import { testNow } from '../testing/seeded.ts';
import { openSession } from '../verify/session.ts';
import type { KeyRequest } from './key-source.ts';
import { findKeyWith } from './registry.ts';

/** The eight points of small order, and two of them written as no encoder may write them (RFC 8032 §5.1.3). */
const weak: readonly Uint8Array[] = [
  ...ED25519_TORSION_SUBGROUP,
  `ee${'ff'.repeat(30)}7f`,
  `01${'00'.repeat(30)}80`,
].map((hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));

const issuer = await buildIssuer();
const sound = bytesOfBase64Url(String(issuer.key.publicJwk['x'])) ?? new Uint8Array();

const multikey = (raw: Uint8Array) => `z${base58.encode(concat(Uint8Array.of(0xed, 0x01), raw))}`;
const jwk = (raw: Uint8Array) => ({ kty: 'OKP', crv: 'Ed25519', x: base64UrlOf(raw) });
const spkiHead = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);
const pem = (raw: Uint8Array) => {
  const der = btoa(String.fromCharCode(...spkiHead, ...raw));
  return `-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----\n`;
};

type Asked = readonly [KeyRequest, Documents];
const host = 'https://academy.example';
const did = 'did:web:academy.example';

/** A method of a did:web that holds the key in one of its forms. */
function method(form: JsonObject): Asked {
  const id = `${did}#1`;
  const document = { id: did, verificationMethod: [{ id, controller: did, ...form }], assertionMethod: [id] };
  return [
    { reference: id, use: 'credential' },
    new Map([[`${host}/.well-known/did.json`, servedJson(document)]]),
  ];
}
const at = (path: string, value: Json): Documents => new Map([[host + path, servedJson(value)]]);

/** Every place that a key is read from. */
const places: Readonly<Record<string, (raw: Uint8Array) => Asked>> = {
  'did:key': (raw) => [
    { reference: `did:key:${multikey(raw)}#${multikey(raw)}`, use: 'credential' },
    new Map(),
  ],
  'did:jwk': (raw) => [
    { reference: `did:jwk:${base64UrlOf(utf8(JSON.stringify(jwk(raw))))}#0`, use: 'credential' },
    new Map(),
  ],
  Multikey: (raw) => method({ type: 'Multikey', publicKeyMultibase: multikey(raw) }),
  'base64url of Multikey': (raw) =>
    method({
      type: 'Multikey',
      publicKeyMultibase: `u${base64UrlOf(concat(Uint8Array.of(0xed, 0x01), raw))}`,
    }),
  JsonWebKey: (raw) => method({ type: 'JsonWebKey', publicKeyJwk: jwk(raw) }),
  Ed25519VerificationKey2020: (raw) =>
    method({ type: 'Ed25519VerificationKey2020', publicKeyMultibase: multikey(raw) }),
  Ed25519VerificationKey2018: (raw) =>
    method({ type: 'Ed25519VerificationKey2018', publicKeyBase58: base58.encode(raw) }),
  'PEM of a method': (raw) => method({ type: 'Ed25519VerificationKey2018', publicKeyPem: pem(raw) }),
  JWKS: (raw) => [
    { reference: `${host}/jwks#1`, use: 'credential' },
    at('/jwks', { keys: [{ ...jwk(raw), kid: '1' }] }),
  ],
  'a JWK alone': (raw) => [{ reference: `${host}/jwk`, use: 'credential' }, at('/jwk', jwk(raw))],
  'an address that is a key': (raw) => [
    { reference: `${host}/gone#${multikey(raw)}`, use: 'credential' },
    new Map(),
  ],
  'PEM at an address': (raw) => [
    { reference: `${host}/key.pem`, use: 'pem' },
    new Map([[`${host}/key.pem`, servedBytes(utf8(pem(raw)), 'text/plain')]]),
  ],
  CryptographicKey: (raw) => [
    { reference: `${host}/key`, use: 'pem' },
    at('/key', { id: `${host}/key`, type: 'CryptographicKey', owner: host, publicKeyPem: pem(raw) }),
  ],
};

function find([request, documents]: Asked) {
  return findKeyWith(openSession(testNow, fetcherOver(documents), () => undefined).session)(request);
}

describe('T12: a public key of small order, with which anybody signs for anything', () => {
  it.each(Object.entries(places))('is none: %s', async (_place, asked) => {
    const found = await Promise.all(weak.map((raw) => find(asked(raw))));
    expect(found.map((answer) => answer.found)).toEqual(weak.map(() => false));
  });

  it.each(Object.entries(places))('and any other is one: %s', async (_place, asked) => {
    expect(await find(asked(sound))).toMatchObject({ found: true, key: { jwk: jwk(sound) } });
  });
});
