import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { base58, base64 } from '@scure/base';
import { type Bytes, base64UrlOf, bytesOfBase64Url, concat } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';

export type KeyAlgorithm =
  | 'EdDSA'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'ES256K'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512';

/** A key pair of an issuer. `privateJwk` lets an issuer keep it between starts. */
export type SigningKey = {
  readonly algorithm: KeyAlgorithm;
  /** the bytes of a signature as JOSE writes them */
  readonly sign: (bytes: Bytes) => Promise<Bytes>;
  readonly privateJwk: JsonWebKey;
  /** public members only */
  readonly publicJwk: JsonObject;
  /** SubjectPublicKeyInfo, DER; empty for secp256k1 keys, which WebCrypto cannot write */
  readonly publicDer: Uint8Array;
  /** Multikey form; RSA keys have none */
  readonly multikey?: string;
};

const exponent = Uint8Array.of(1, 0, 1);
const rsa = (name: string, hash: string) => ({ name, hash, modulusLength: 2048, publicExponent: exponent });

type WebCryptoWay = {
  readonly make: AlgorithmIdentifier | EcKeyGenParams | RsaHashedKeyGenParams;
  readonly sign: AlgorithmIdentifier | EcdsaParams | RsaPssParams;
};
const ways: Readonly<Record<Exclude<KeyAlgorithm, 'ES256K'>, WebCryptoWay>> = {
  EdDSA: { make: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  ES256: ecdsa('P-256', 'SHA-256'),
  ES384: ecdsa('P-384', 'SHA-384'),
  ES512: ecdsa('P-521', 'SHA-512'),
  RS256: pkcs1('SHA-256'),
  RS384: pkcs1('SHA-384'),
  RS512: pkcs1('SHA-512'),
  PS256: pss('SHA-256', 32),
  PS384: pss('SHA-384', 48),
  PS512: pss('SHA-512', 64),
};

function ecdsa(namedCurve: string, hash: string): WebCryptoWay {
  return { make: { name: 'ECDSA', namedCurve }, sign: { name: 'ECDSA', hash } };
}

function pkcs1(hash: string): WebCryptoWay {
  return { make: rsa('RSASSA-PKCS1-v1_5', hash), sign: { name: 'RSASSA-PKCS1-v1_5' } };
}

function pss(hash: string, saltLength: number): WebCryptoWay {
  return { make: rsa('RSA-PSS', hash), sign: { name: 'RSA-PSS', saltLength } };
}

/** Makes a fresh key pair. */
export async function createKey(algorithm: KeyAlgorithm): Promise<SigningKey> {
  if (algorithm === 'ES256K') return secp256k1Key(secp256k1.utils.randomSecretKey());
  const { make } = ways[algorithm];
  const pair = (await crypto.subtle.generateKey(make, true, ['sign', 'verify'])) as CryptoKeyPair;
  return keyOf(algorithm, pair.privateKey, pair.publicKey);
}

/** Brings back a key pair that was kept as a private JWK. */
export async function readKey(algorithm: KeyAlgorithm, privateJwk: JsonWebKey): Promise<SigningKey> {
  if (algorithm === 'ES256K') return secp256k1Key(bytesOfBase64Url(privateJwk.d ?? '') ?? new Uint8Array());
  const { make } = ways[algorithm];
  const { d: _, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...publicPart } = privateJwk;
  const restored = (jwk: JsonWebKey, use: KeyUsage) =>
    crypto.subtle.importKey('jwk', { ...jwk, key_ops: [use] }, make, true, [use]);
  return keyOf(algorithm, await restored(privateJwk, 'sign'), await restored(publicPart, 'verify'));
}

/** The bytes of a signature as JOSE writes them. */
export async function signBytes(key: SigningKey, bytes: Bytes): Promise<Bytes> {
  return key.sign(bytes);
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
  algorithm: Exclude<KeyAlgorithm, 'ES256K'>,
  privateKey: CryptoKey,
  publicKey: CryptoKey,
): Promise<SigningKey> {
  const exported = await crypto.subtle.exportKey('jwk', publicKey);
  const { key_ops: _operations, ext: _extractable, alg: _algorithm, ...members } = exported;
  const publicJwk = JSON.parse(JSON.stringify(members)) as JsonObject;
  const multikey = multikeyOf(publicJwk);
  return {
    algorithm,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(ways[algorithm].sign, privateKey, bytes)),
    privateJwk: await crypto.subtle.exportKey('jwk', privateKey),
    publicJwk,
    publicDer: new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)),
    ...(multikey === undefined ? {} : { multikey }),
  };
}

function secp256k1Key(secret: Uint8Array): SigningKey {
  const point = secp256k1.getPublicKey(secret, false);
  const publicJwk = {
    kty: 'EC',
    crv: 'secp256k1',
    x: base64UrlOf(point.subarray(1, 33)),
    y: base64UrlOf(point.subarray(33)),
  };
  return {
    algorithm: 'ES256K',
    sign: async (bytes) => concat(secp256k1.sign(bytes, secret)),
    privateJwk: { ...publicJwk, d: base64UrlOf(secret) },
    publicJwk,
    publicDer: new Uint8Array(),
    multikey: multikeyOf(publicJwk) ?? '',
  };
}

/** Multicodec code of each curve, and its points. */
const curves = {
  'P-256': { code: [0x80, 0x24], point: p256.Point },
  'P-384': { code: [0x81, 0x24], point: p384.Point },
  'P-521': { code: [0x82, 0x24], point: p521.Point },
  secp256k1: { code: [0xe7, 0x01], point: secp256k1.Point },
} as const;

function multikeyOf(jwk: JsonObject): string | undefined {
  const x = bytesOfBase64Url(String(jwk['x'] ?? ''));
  if (x === undefined) return undefined;
  if (jwk['crv'] === 'Ed25519') return multibaseOf(concat(Uint8Array.of(0xed, 0x01), x));
  const y = bytesOfBase64Url(String(jwk['y'] ?? ''));
  const curve = Object.entries(curves).find(([name]) => name === jwk['crv'])?.[1];
  if (curve === undefined || y === undefined) return undefined;
  const point = curve.point.fromBytes(concat(Uint8Array.of(0x04), x, y));
  return multibaseOf(concat(Uint8Array.of(...curve.code), point.toBytes(true)));
}

/** base64url of the UTF-8 bytes of a value's JSON, as the parts of a token are. */
export function tokenPart(value: JsonObject): string {
  return base64UrlOf(new TextEncoder().encode(JSON.stringify(value)));
}
