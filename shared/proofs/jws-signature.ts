import { type Bytes, bytesOfBase64Url } from '../model/bytes.ts';

/**
 * `refused`: an algorithm that proves nothing here (`none`, or a shared secret, for which a public key would do).
 * `unknown-algorithm`: one that we do not have. `wrong-key`: the key is not of the algorithm's kind, or too small.
 */
export type JwsAnswer = 'good' | 'bad' | 'refused' | 'unknown-algorithm' | 'wrong-key';

type Algorithm = {
  readonly kty: string;
  readonly crv?: string;
  readonly key: EcKeyImportParams | RsaHashedImportParams | AlgorithmIdentifier;
  readonly verify: EcdsaParams | RsaPssParams | AlgorithmIdentifier;
  readonly signatureBytes?: number;
};

const rsa = (hash: string): Algorithm => ({
  kty: 'RSA',
  key: { name: 'RSASSA-PKCS1-v1_5', hash },
  verify: { name: 'RSASSA-PKCS1-v1_5' },
});
const pss = (hash: string, saltLength: number): Algorithm => ({
  kty: 'RSA',
  key: { name: 'RSA-PSS', hash },
  verify: { name: 'RSA-PSS', saltLength },
});
const ec = (crv: string, hash: string, signatureBytes: number): Algorithm => ({
  kty: 'EC',
  crv,
  key: { name: 'ECDSA', namedCurve: crv },
  verify: { name: 'ECDSA', hash },
  signatureBytes,
});
const ed25519: Algorithm = {
  kty: 'OKP',
  crv: 'Ed25519',
  key: { name: 'Ed25519' },
  verify: { name: 'Ed25519' },
  signatureBytes: 64,
};

/** Asymmetric algorithms of RFC 7518 §3.1 and RFC 8037 §3.1, names exactly as written there. */
const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['RS256', rsa('SHA-256')],
  ['RS384', rsa('SHA-384')],
  ['RS512', rsa('SHA-512')],
  ['PS256', pss('SHA-256', 32)],
  ['PS384', pss('SHA-384', 48)],
  ['PS512', pss('SHA-512', 64)],
  ['ES256', ec('P-256', 'SHA-256', 64)],
  ['ES384', ec('P-384', 'SHA-384', 96)],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
]);

/** RFC 7518 §3.3 asks for at least this; more than the upper bound only costs time. */
const minRsaBits = 2048;
const maxRsaBits = 16_384;

/**
 * Verifies one JWS signature. The algorithm must fit the key: an RSA key never serves as the secret of an HMAC.
 * `signed`: ASCII of header and payload with the dot between them. Source: RFC 7515 §5.2, RFC 7518 §3.
 */
export async function verifyJwsSignature(
  algorithm: unknown,
  jwk: JsonWebKey,
  signed: Bytes,
  signature: Bytes,
): Promise<JwsAnswer> {
  if (typeof algorithm !== 'string' || /^(?:none|hs\d{0,4})$/i.test(algorithm)) return 'refused';
  const known = algorithms.get(algorithm);
  if (known === undefined) return 'unknown-algorithm';
  if (!fits(known, jwk)) return 'wrong-key';
  if (known.signatureBytes !== undefined && signature.length !== known.signatureBytes) return 'bad';
  const { kty, crv, x, y, n, e } = jwk;
  const publicMembers = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JsonWebKey;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('jwk', publicMembers, known.key, false, ['verify']);
  } catch {
    // A point off the curve or a modulus that is none: WebCrypto gives no finer word.
    return 'wrong-key';
  }
  return (await crypto.subtle.verify(known.verify, key, signature, signed)) ? 'good' : 'bad';
}

function fits(algorithm: Algorithm, jwk: JsonWebKey): boolean {
  if (jwk.kty !== algorithm.kty || (algorithm.crv !== undefined && jwk.crv !== algorithm.crv)) return false;
  if (jwk.kty !== 'RSA') return true;
  const bits = (bytesOfBase64Url(jwk.n ?? '')?.length ?? 0) * 8;
  return bits >= minRsaBits && bits <= maxRsaBits;
}
