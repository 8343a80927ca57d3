import { bytesOfBase64Url } from '../model/bytes.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { ed25519JwkOf } from './multikey.ts';

/** Longest RSA modulus that is used, in base64url characters (16,384 bits); shortest 2,048 bits. */
const maxModulusLength = 2731;
const minModulusLength = 341;

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
  if (secretMembers.some((member) => member in value)) return { ok: false, why: 'secret' };
  const { kty, crv, x, y, n, e } = value;
  if (kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string') {
    const raw = bytesOfBase64Url(x);
    const jwk = raw === undefined ? undefined : ed25519JwkOf(raw);
    return jwk === undefined ? { ok: false, why: 'malformed' } : { ok: true, jwk };
  }
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384')) {
    const size = crv === 'P-256' ? 32 : 48;
    if (typeof x !== 'string' || typeof y !== 'string') return { ok: false, why: 'malformed' };
    if (bytesOfBase64Url(x)?.length !== size || bytesOfBase64Url(y)?.length !== size)
      return { ok: false, why: 'malformed' };
    return { ok: true, jwk: { kty, crv, x, y } };
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

/** True when both are the same public key. */
export function isSameKey(a: JsonWebKey, b: JsonWebKey): boolean {
  return a.kty === b.kty && a.crv === b.crv && a.x === b.x && a.y === b.y && a.n === b.n && a.e === b.e;
}
