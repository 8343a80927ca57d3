import { base58 } from '@scure/base';
import { base64UrlOf, bytesOfBase64Url, concat } from '../model/bytes.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { multibaseOf } from './signing-keys.ts';

/** Order of the group of each curve: what is added to the second half of a signature gives the same equation. */
export const groupOrders = {
  Ed25519: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
} as const;

/** The document's only proof with other members. */
export function withProof(signed: JsonObject, change: JsonObject): JsonObject {
  const { proof } = signed;
  return { ...signed, proof: { ...(isJsonObject(proof) ? proof : {}), ...change } };
}

/** The document with another `proofValue`, made from the bytes of its own (base58btc or base64url). */
export function withProofBytes(signed: JsonObject, change: (bytes: Uint8Array) => Uint8Array): JsonObject {
  const { proof } = signed;
  const value = isJsonObject(proof) ? String(proof['proofValue']) : '';
  const bytes = value.startsWith('z')
    ? base58.decode(value.slice(1))
    : (bytesOfBase64Url(value.slice(1)) ?? new Uint8Array());
  const changed = change(bytes);
  const text = value.startsWith('z') ? multibaseOf(changed) : `u${base64UrlOf(changed)}`;
  return withProof(signed, { proofValue: text });
}

/** Signatures of 64 bytes that are none: what a careless verifier might take. */
export const emptySignatures: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  truncated: (bytes) => bytes.slice(0, -1),
  'with a byte more': (bytes) => concat(bytes, Uint8Array.of(0)),
  'with one bit turned': (bytes) => bytes.map((byte, index) => (index === 7 ? byte ^ 1 : byte)),
  'of zeros': (bytes) => bytes.map(() => 0),
  'with its second half zero': (bytes) => bytes.map((byte, index) => (index < bytes.length / 2 ? byte : 0)),
  'with its first half zero': (bytes) => bytes.map((byte, index) => (index < bytes.length / 2 ? 0 : byte)),
  'with its halves changed': (bytes) =>
    concat(bytes.slice(bytes.length / 2), bytes.slice(0, bytes.length / 2)),
};

/** A raw big-endian number of the length of half a signature. */
export function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

export function bytesOfNumber(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn),
  );
}
