import { bytesOfBase64Url, concat } from '../model/bytes.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import { ed25519JwkOf, pointJwkOf } from './multikey.ts';
import type { EcCurve } from './points.ts';

/** Longest RSA modulus that is used, in base64url characters (16,384 bits); shortest 2,048 bits. */
const maxModulusLength = 2731;
const minModulusLength = 341;

/** Bytes of each coordinate: RFC 7518 §6.2.1.2 asks for the whole length, zeros in front included. */
const coordinateSizes: Readonly<Record<EcCurve, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  secp256k1: 32,
};

const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads a public JWK and keeps its public members alone.
 *
 * `secret`: it holds a private or symmetric key, which whoever verifies must refuse. `unsupported`: a curve or kind
 * that we cannot use. Source: RFC 7517, RFC 7518 §6; OB 3.0 §joseheader (a `jwk` must not hold `d`).
 */
export type PublicJwk =
  | { readonly ok: true; readonly jwk: JsonWebKey }
  | { readonly ok: false; readonly why: 'secret' | 'unsupported' | 'malformed'; readonly kind?: string };

export function parsePublicJwk(value: Json | undefined): PublicJwk {
  if (!isJsonObject(value)) return { ok: false, why: 'malformed' };
  const parsed = parseMembers(value);
  // RFC 7517 §4.4: a key that names its algorithm is for no other (RFC 8725 §3.1).
  const { alg } = value;
  return parsed.ok && typeof alg === 'string' ? { ok: true, jwk: { ...parsed.jwk, alg } } : parsed;
}

function parseMembers(value: JsonObject): PublicJwk {
  if (secretMembers.some((member) => member in value)) return { ok: false, why: 'secret' };
  const { kty, crv, x, y, n, e } = value;
  if (kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string') {
    const raw = bytesOfBase64Url(x);
    const jwk = raw === undefined ? undefined : ed25519JwkOf(raw);
    return jwk === undefined ? { ok: false, why: 'malformed' } : { ok: true, jwk };
  }
  if (kty === 'EC' && isEcCurve(crv)) {
    const left = typeof x === 'string' ? bytesOfBase64Url(x) : undefined;
    const right = typeof y === 'string' ? bytesOfBase64Url(y) : undefined;
    const size = coordinateSizes[crv];
    if (left?.length !== size || right?.length !== size) return { ok: false, why: 'malformed' };
    const jwk = pointJwkOf(crv, concat(Uint8Array.of(4), left, right));
    return jwk === undefined ? { ok: false, why: 'malformed' } : { ok: true, jwk };
  }
  if (kty === 'RSA' && typeof n === 'string' && typeof e === 'string') {
    const sized = n.length >= minModulusLength && n.length <= maxModulusLength && e.length <= 11;
    const readable = bytesOfBase64Url(n) !== undefined && bytesOfBase64Url(e) !== undefined;
    return sized && readable ? { ok: true, jwk: { kty, n, e } } : { ok: false, why: 'malformed' };
  }
  const kind = [kty, crv].filter((part) => typeof part === 'string').join(' ');
  return kind === ''
    ? { ok: false, why: 'malformed' }
    : { ok: false, why: 'unsupported', kind: kind.slice(0, 60) };
}

function isEcCurve(crv: Json | undefined): crv is EcCurve {
  return typeof crv === 'string' && Object.hasOwn(coordinateSizes, crv);
}

/** Whether a JWK says that it may verify: what names its use is for nothing else. Source: RFC 7517 §4.2, §4.3. */
export function mayVerify({ use, key_ops }: JsonObject): boolean {
  const operations = listOf(key_ops);
  return (use === undefined || use === 'sig') && (operations.length === 0 || operations.includes('verify'));
}

/** True when both are the same public key. */
export function isSameKey(a: JsonWebKey | JsonObject, b: JsonWebKey | JsonObject): boolean {
  return a.kty === b.kty && a.crv === b.crv && a.x === b.x && a.y === b.y && a.n === b.n && a.e === b.e;
}
