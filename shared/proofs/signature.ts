import { sha256 } from '@noble/hashes/sha2.js';
import { verify as verifySecp256k1 } from '@noble/secp256k1';
import { type Bytes, bytesOfBase64Url, concat } from '../model/bytes.ts';
import type { SignatureParameters } from '../model/effects.ts';
import { lastKept } from '../model/last-kept.ts';
import type { Session } from '../model/session.ts';

/**
 * Signature algorithms by their JOSE names (RFC 7518 §3.1, RFC 8037, RFC 8812), with the keys that they may be used
 * with. WebCrypto knows no secp256k1: its `check` is a library's.
 */
const algorithms = {
  EdDSA: { kty: 'OKP', crv: 'Ed25519', parameters: { name: 'Ed25519' }, bytes: 64 },
  // The same by its name of RFC 9864 §2.2.
  Ed25519: { kty: 'OKP', crv: 'Ed25519', parameters: { name: 'Ed25519' }, bytes: 64 },
  ES256: { kty: 'EC', crv: 'P-256', parameters: { name: 'ECDSA', hash: 'SHA-256' }, bytes: 64 },
  ES384: { kty: 'EC', crv: 'P-384', parameters: { name: 'ECDSA', hash: 'SHA-384' }, bytes: 96 },
  ES512: { kty: 'EC', crv: 'P-521', parameters: { name: 'ECDSA', hash: 'SHA-512' }, bytes: 132 },
  ES256K: { kty: 'EC', crv: 'secp256k1', check: checkSecp256k1, bytes: 64 },
  RS256: { kty: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } },
  RS384: { kty: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' } },
  RS512: { kty: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' } },
  PS256: { kty: 'RSA', parameters: { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 } },
  PS384: { kty: 'RSA', parameters: { name: 'RSA-PSS', hash: 'SHA-384', saltLength: 48 } },
  PS512: { kty: 'RSA', parameters: { name: 'RSA-PSS', hash: 'SHA-512', saltLength: 64 } },
} as const satisfies Readonly<Record<string, Algorithm>>;

type Algorithm = { readonly kty: string; readonly crv?: string; readonly bytes?: number } & (
  | { readonly parameters: SignatureParameters }
  | { readonly check: (jwk: JsonWebKey, signature: Bytes, signed: Bytes) => SignatureAnswer }
);

export type AlgorithmName = keyof typeof algorithms;

/** True for an algorithm that can be checked. `none` and every HMAC are not among them and never will be. */
export function isAlgorithm(name: string): name is AlgorithmName {
  return Object.hasOwn(algorithms, name);
}

export type SignatureAnswer = 'good' | 'bad' | 'key-does-not-fit';

/**
 * Checks a signature. The algorithm must be of the key's own kind: `key-does-not-fit` otherwise, so that no key is
 * ever used for something that it was not made for (a public key as an HMAC secret, RSA bytes as a curve point).
 */
export async function verifySignature(
  algorithm: AlgorithmName,
  jwk: JsonWebKey,
  signature: Bytes,
  signed: Bytes,
  { cryptography }: Pick<Session, 'cryptography'>,
): Promise<SignatureAnswer> {
  const known: Algorithm = algorithms[algorithm];
  if (jwk.kty !== known.kty || (known.crv !== undefined && jwk.crv !== known.crv)) return 'key-does-not-fit';
  if (jwk.alg !== undefined && !isFor(jwk.alg, algorithm)) return 'key-does-not-fit';
  if (known.kty === 'RSA' && !isSoundRsa(jwk)) return 'key-does-not-fit';
  if (known.bytes !== undefined && signature.length !== known.bytes) return 'bad';
  if ('check' in known) return known.check(jwk, signature, signed);
  const check = cryptography?.checkSignature ?? checkByWebCrypto;
  const isGood = await check(known.parameters, jwk, signature, signed);
  if (isGood === undefined) return 'key-does-not-fit';
  return isGood ? 'good' : 'bad';
}

async function checkByWebCrypto(
  parameters: SignatureParameters,
  jwk: JsonWebKey,
  signature: Bytes,
  signed: Bytes,
): Promise<boolean | undefined> {
  const key = await importOnce(jwk, parameters);
  return key === undefined
    ? undefined
    : crypto.subtle.verify(parameters as RsaPssParams, key, signature, signed);
}

/** Whether a key that names its algorithm means this one. */
function isFor(named: string, algorithm: AlgorithmName): boolean {
  const edwards = ['EdDSA', 'Ed25519'];
  return named === algorithm || (edwards.includes(named) && edwards.includes(algorithm));
}

/**
 * RFC 7518 §3.3 asks for 2,048 bits at least: shorter ones were factored, and zeros in front make none longer. With an
 * exponent of one everybody signs, with an even one nobody. The upper bounds only save time.
 */
function isSoundRsa({ n, e }: JsonWebKey): boolean {
  const modulus = numberOf(n);
  const exponent = numberOf(e);
  if (modulus === undefined || exponent === undefined) return false;
  const isOdd = ((exponent.at(-1) ?? 0) & 1) === 1;
  const isOne = exponent.length === 1 && exponent[0] === 1;
  const bits = modulus.length * 8;
  return bits >= 2048 && bits <= 16_384 && exponent.length <= 4 && isOdd && !isOne;
}

/** The bytes of a number, without zeros in front. */
function numberOf(text: string | undefined): Bytes | undefined {
  const bytes = bytesOfBase64Url(text ?? '');
  const start = bytes?.findIndex((byte) => byte !== 0) ?? -1;
  return start === -1 ? undefined : bytes?.slice(start);
}

/** RFC 8812 §3.2. Either of the two signatures for one nonce is good: JOSE asks for no low S, as ledgers do. */
function checkSecp256k1({ x, y }: JsonWebKey, signature: Bytes, signed: Bytes): SignatureAnswer {
  const left = bytesOfBase64Url(x ?? '');
  const right = bytesOfBase64Url(y ?? '');
  if (left === undefined || right === undefined) return 'key-does-not-fit';
  try {
    const point = concat(Uint8Array.of(4), left, right);
    const isGood = verifySecp256k1(signature, sha256(signed), point, { prehash: false, lowS: false });
    return isGood ? 'good' : 'bad';
  } catch {
    // A point off the curve, or numbers out of range.
    return 'bad';
  }
}

/** Importing costs more than verifying. */
const imported = lastKept<Promise<CryptoKey | undefined>>();

function importOnce(jwk: JsonWebKey, parameters: SignatureParameters): Promise<CryptoKey | undefined> {
  const { kty, crv, x, y, n, e } = jwk;
  const name = JSON.stringify([parameters.name, parameters.hash, kty, crv, x, y, n, e]);
  return imported.get(name) ?? imported.keep(name, importKey({ kty, crv, x, y, n, e }, parameters));
}

function importKey(members: object, parameters: SignatureParameters): Promise<CryptoKey | undefined> {
  // A member that is `undefined` is none to JSON, but one to WebCrypto.
  const jwk = JSON.parse(JSON.stringify(members)) as JsonWebKey;
  const algorithm = { ...parameters, ...(jwk.crv === undefined ? {} : { namedCurve: jwk.crv }) };
  return crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']).catch(() => undefined);
}
