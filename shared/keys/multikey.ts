import { base58Of, bytesOfBase58 } from '../model/base58.ts';
import { type Bytes, base64UrlOf, bytesOfBase64Url, concat, hexOf } from '../model/bytes.ts';
import { lastKept } from '../model/last-kept.ts';
import { otherKindOf } from './other-kinds.ts';
import { coordinatesOf, type EcCurve, isSoundEd25519 } from './points.ts';

/** Longest multibase text that is read: an RSA key of 4,096 bits has some 720 characters. */
const maxMultibaseLength = 1_024;

type Curve = {
  readonly name: 'Ed25519' | EcCurve;
  readonly code: readonly [number, number];
  readonly length: number;
  readonly jwkOf: (raw: Bytes) => JsonWebKey | undefined;
};

/**
 * Multicodec codes of public keys. The suites of Data Integrity use the first three; JOSE the others as well.
 * Source: DI EdDSA §2.1.2, DI ECDSA §2.1.1 (Multikey); multicodec table.
 */
const curves: readonly Curve[] = [
  { name: 'Ed25519', code: [0xed, 0x01], length: 32, jwkOf: ed25519JwkOf },
  { name: 'P-256', code: [0x80, 0x24], length: 33, jwkOf: (raw) => pointJwkOf('P-256', raw) },
  { name: 'P-384', code: [0x81, 0x24], length: 49, jwkOf: (raw) => pointJwkOf('P-384', raw) },
  { name: 'P-521', code: [0x82, 0x24], length: 67, jwkOf: (raw) => pointJwkOf('P-521', raw) },
  { name: 'secp256k1', code: [0xe7, 0x01], length: 33, jwkOf: (raw) => pointJwkOf('secp256k1', raw) },
];

export type Multikey =
  | { readonly ok: true; readonly jwk: JsonWebKey; readonly curve: Curve['name'] }
  /** `unsupported`: a public key of a kind that we cannot use; `malformed`: no public key at all */
  | { readonly ok: false; readonly why: 'unsupported' | 'malformed'; readonly kind?: string };

/**
 * Reads a public key from its multibase text (`z6Mk…`, `zDn…`, `z82…`). Secret keys, keys of another length and points
 * that are not on their curve are malformed. Source: DI EdDSA §2.1.2; Controlled Identifiers §2.2.2 (Multikey).
 */
export function parseMultikey(text: string): Multikey {
  const before = parsed.get(text);
  if (before !== undefined) return before;
  const multikey = parse(text);
  // Only what is a key is kept, so that a stream of nonsense pushes nothing out.
  return multikey.ok ? parsed.keep(text, multikey) : multikey;
}

/** To find out that a point is on its curve costs as much as to verify. */
const parsed = lastKept<Multikey>();

function parse(text: string): Multikey {
  const bytes = bytesOfMultibase(text);
  if (bytes === undefined) return { ok: false, why: 'malformed' };
  const curve = curves.find(({ code }) => bytes[0] === code[0] && bytes[1] === code[1]);
  if (curve === undefined) {
    const kind = otherKindOf(hexOf(bytes.subarray(0, 2)));
    return kind === undefined ? { ok: false, why: 'malformed' } : { ok: false, why: 'unsupported', kind };
  }
  const raw = bytes.slice(2);
  if (raw.length !== curve.length) return { ok: false, why: 'malformed' };
  const jwk = curve.jwkOf(raw);
  return jwk === undefined ? { ok: false, why: 'malformed' } : { ok: true, jwk, curve: curve.name };
}

/** The multibase text of a public key; `undefined` for kinds without one here (RSA). */
export function multikeyOf(jwk: JsonWebKey): string | undefined {
  const curve = curves.find(({ name }) => name === jwk.crv);
  const x = bytesOfBase64Url(jwk.x ?? '');
  if (curve === undefined || x === undefined) return undefined;
  if (curve.name === 'Ed25519') return `z${base58Of(concat(new Uint8Array(curve.code), x))}`;
  const y = bytesOfBase64Url(jwk.y ?? '');
  const last = y?.at(-1);
  if (last === undefined) return undefined;
  return `z${base58Of(concat(new Uint8Array(curve.code), new Uint8Array([2 + (last & 1)]), x))}`;
}

/** Bytes of multibase: base58btc (`z`) or base64url (`u`). Source: Controlled Identifiers §2.4. */
export function bytesOfMultibase(text: string): Bytes | undefined {
  if (text.length > maxMultibaseLength) return undefined;
  if (text.startsWith('u')) return bytesOfBase64Url(text.slice(1));
  return text.startsWith('z') ? bytesOfBase58(text.slice(1)) : undefined;
}

/** A raw Ed25519 public key as JWK; a point of small order would let anybody sign for it (threat T12). */
export function ed25519JwkOf(raw: Bytes): JsonWebKey | undefined {
  if (!isSoundEd25519(raw)) return undefined;
  return { kty: 'OKP', crv: 'Ed25519', x: base64UrlOf(raw) };
}

/** A point of a curve, compressed or not, as JWK; `undefined` when it does not lie on it. */
export function pointJwkOf(crv: EcCurve, raw: Bytes): JsonWebKey | undefined {
  const point = coordinatesOf(crv, raw);
  return point && { kty: 'EC', crv, x: base64UrlOf(point.x), y: base64UrlOf(point.y) };
}
