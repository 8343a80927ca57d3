import { p256 } from '@noble/curves/nist.js';
import { base58, base64 } from '@scure/base';
import { type Bytes, base64UrlOf, bytesOfBase64Url, concat } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';

export type KeyAlgorithm = 'EdDSA' | 'ES256' | 'RS256';

/** A key pair of an issuer. `privateJwk` lets an issuer keep it between starts. */
export type SigningKey = {
  readonly algorithm: KeyAlgorithm;
  readonly privateKey: CryptoKey;
  readonly privateJwk: JsonWebKey;
  /** public members only */
  readonly publicJwk: JsonObject;
  /** SubjectPublicKeyInfo, DER */
  readonly publicDer: Uint8Array;
  /** Multikey form; RSA keys have none */
  readonly multikey?: string;
};

const parameters = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  },
} as const;

/** Makes a fresh key pair. */
export async function createKey(algorithm: KeyAlgorithm): Promise<SigningKey> {
  const pair = (await crypto.subtle.generateKey(parameters[algorithm], true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  return keyOf(algorithm, pair.privateKey, pair.publicKey);
}

/** Brings back a key pair that was kept as a private JWK. */
export async function readKey(algorithm: KeyAlgorithm, privateJwk: JsonWebKey): Promise<SigningKey> {
  const { d: _, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...publicPart } = privateJwk;
  const restored = (jwk: JsonWebKey, use: KeyUsage) =>
    crypto.subtle.importKey('jwk', { ...jwk, key_ops: [use] }, parameters[algorithm], true, [use]);
  return keyOf(algorithm, await restored(privateJwk, 'sign'), await restored(publicPart, 'verify'));
}

/** The bytes of a signature as JOSE writes them. */
export async function signBytes(key: SigningKey, bytes: Bytes): Promise<Bytes> {
  const how = key.algorithm === 'ES256' ? { name: 'ECDSA', hash: 'SHA-256' } : parameters[key.algorithm].name;
  return new Uint8Array(await crypto.subtle.sign(how, key.privateKey, bytes));
}

/** The public key as `publicKeyPem` of a CryptographicKey has it. */
export function pemOf(key: SigningKey): string {
  const lines = base64.encode(key.publicDer).match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}

/** Multibase base58btc of bytes: what proof values and multikeys are written in. */
export function multibaseOf(bytes: Uint8Array): string {
  return `z${base58.encode(bytes)}`;
}

async function keyOf(
  algorithm: KeyAlgorithm,
  privateKey: CryptoKey,
  publicKey: CryptoKey,
): Promise<SigningKey> {
  const exported = await crypto.subtle.exportKey('jwk', publicKey);
  const { key_ops: _operations, ext: _extractable, alg: _algorithm, ...members } = exported;
  const publicJwk = JSON.parse(JSON.stringify(members)) as JsonObject;
  const multikey = multikeyOf(publicJwk);
  return {
    algorithm,
    privateKey,
    privateJwk: await crypto.subtle.exportKey('jwk', privateKey),
    publicJwk,
    publicDer: new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)),
    ...(multikey === undefined ? {} : { multikey }),
  };
}

function multikeyOf(jwk: JsonObject): string | undefined {
  const x = bytesOfBase64Url(String(jwk['x'] ?? ''));
  if (x === undefined) return undefined;
  if (jwk['crv'] === 'Ed25519') return multibaseOf(concat(Uint8Array.of(0xed, 0x01), x));
  const y = bytesOfBase64Url(String(jwk['y'] ?? ''));
  if (jwk['crv'] !== 'P-256' || y === undefined) return undefined;
  const point = p256.Point.fromBytes(concat(Uint8Array.of(0x04), x, y));
  return multibaseOf(concat(Uint8Array.of(0x80, 0x24), point.toBytes(true)));
}

/** base64url of the UTF-8 bytes of a value's JSON, as the parts of a token are. */
export function tokenPart(value: JsonObject): string {
  return base64UrlOf(new TextEncoder().encode(JSON.stringify(value)));
}
