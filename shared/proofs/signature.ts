import { type Bytes, bytesOfBase64Url } from '../model/bytes.ts';

/** Signature algorithms by their JOSE names (RFC 7518 §3.1, RFC 8037), with the keys that they may be used with. */
const algorithms = {
  EdDSA: { kty: 'OKP', crv: 'Ed25519', parameters: { name: 'Ed25519' }, bytes: 64 },
  ES256: { kty: 'EC', crv: 'P-256', parameters: { name: 'ECDSA', hash: 'SHA-256' }, bytes: 64 },
  ES384: { kty: 'EC', crv: 'P-384', parameters: { name: 'ECDSA', hash: 'SHA-384' }, bytes: 96 },
  RS256: { kty: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } },
  RS384: { kty: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' } },
  RS512: { kty: 'RSA', parameters: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' } },
  PS256: { kty: 'RSA', parameters: { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 } },
} as const satisfies Readonly<Record<string, Algorithm>>;

type Algorithm = {
  readonly kty: string;
  readonly crv?: string;
  readonly parameters:
    | (RsaPssParams & { readonly hash?: string })
    | { readonly name: string; readonly hash?: string };
  readonly bytes?: number;
};

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
): Promise<SignatureAnswer> {
  const { kty, parameters, ...rest }: Algorithm = algorithms[algorithm];
  if (jwk.kty !== kty || (rest.crv !== undefined && jwk.crv !== rest.crv)) return 'key-does-not-fit';
  if (kty === 'RSA' && !isSoundRsa(jwk)) return 'key-does-not-fit';
  if (rest.bytes !== undefined && signature.length !== rest.bytes) return 'bad';
  const key = await importOnce(jwk, parameters);
  if (key === undefined) return 'key-does-not-fit';
  return (await crypto.subtle.verify(parameters, key, signature, signed)) ? 'good' : 'bad';
}

/** RFC 7518 §3.3 asks for 2,048 bits at least: shorter ones were factored. The upper bound only saves time. */
function isSoundRsa({ n }: JsonWebKey): boolean {
  const bits = (bytesOfBase64Url(n ?? '')?.length ?? 0) * 8;
  return bits >= 2048 && bits <= 16_384;
}

/** Importing costs more than verifying: the keys of the last badges are kept. */
const imported = new Map<string, Promise<CryptoKey | undefined>>();
const maxImportedKeys = 64;

function importOnce(jwk: JsonWebKey, parameters: Algorithm['parameters']): Promise<CryptoKey | undefined> {
  const { kty, crv, x, y, n, e } = jwk;
  const name = JSON.stringify([parameters.name, parameters.hash, kty, crv, x, y, n, e]);
  const before = imported.get(name);
  if (before !== undefined) return before;
  const algorithm = { ...parameters, ...(crv === undefined ? {} : { namedCurve: crv }) };
  const key = crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']).catch(() => undefined);
  const oldest = imported.keys().next();
  if (imported.size >= maxImportedKeys && !oldest.done) imported.delete(oldest.value);
  imported.set(name, key);
  return key;
}
