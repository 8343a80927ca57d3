import type { Kid } from '../model/brands.ts';
import { type Bytes, base64UrlOf, bytesOfBase64Url, sha256, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../model/json.ts';
import { lastKept } from '../model/last-kept.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { isBase64UrlOf, isSigningKey, littleEndianOf, type SigningKey } from './shapes.ts';

/** What a signature was made for. A text of one type never passes as another. */
export type JwsType =
  | 'backpack-req'
  | 'backpack-commit'
  | 'backpack-root'
  | 'backpack-manifest'
  | 'backpack-archive'
  | 'backpack-succession'
  | 'backpack-witness'
  | 'backpack-email';

/** A signed text that has been taken apart. Nothing of it is proven before `verifyCompactJws` says so. */
export type CompactJws = {
  readonly token: string;
  readonly kid: Kid;
  readonly payload: JsonObject;
  readonly signed: Bytes;
  readonly signature: Bytes;
};

/** One who signs: a device, the account, the identity or the recovery code. */
export type Signer = {
  readonly kid: Kid;
  readonly key: SigningKey;
  readonly sign: (bytes: Bytes) => Promise<Bytes>;
};

/**
 * Takes apart a compact JWS of our own making, as strictly as it was made: exactly the members `alg`, `typ`, `kid`;
 * EdDSA alone; canonical base64url; JSON exactly as `JSON.stringify` writes it, which leaves no room for duplicate
 * members; a scalar S below the group's order. `maxLength`: in characters, judged before anything else.
 * Source: design §3, RFC 7515 §5.2, RFC 8725, RFC 8032 §5.1.7, threats T12. Errors: `unauthorized`.
 */
export function parseCompactJws(token: string, type: JwsType, maxLength: number): Result<CompactJws> {
  if (token.length > maxLength) return refused();
  const [headerPart, payloadPart, signaturePart, ...rest] = token.split('.');
  if (headerPart === undefined || payloadPart === undefined || signaturePart === undefined) return refused();
  if (rest.length > 0) return refused();
  const header = parseStrictObject(headerPart);
  if (header === undefined || Object.keys(header).sort().join(' ') !== 'alg kid typ') return refused();
  const kid = header['kid'];
  if (header['alg'] !== 'EdDSA' || header['typ'] !== type || !isKid(kid)) return refused();
  const payload = parseStrictObject(payloadPart);
  const signature = bytesOfBase64Url(signaturePart);
  if (payload === undefined || signature?.length !== 64) return refused();
  if (littleEndianOf(signature.subarray(32)) >= groupOrder) return refused();
  return ok({ token, kid, payload, signed: utf8(`${headerPart}.${payloadPart}`), signature });
}

/** True when `key` made the signature. A key that is no `SigningKey` never did. */
export async function verifyCompactJws(jws: CompactJws, key: SigningKey): Promise<boolean> {
  const imported = await verifyingKeyOf(key);
  if (imported === undefined) return false;
  return crypto.subtle.verify('Ed25519', imported, jws.signature as Bytes, jws.signed);
}

/** Reading a key, and looking whether it may be trusted at all, costs as much as using it. */
const verifyingKeys = lastKept<Promise<CryptoKey>>(1000);

function verifyingKeyOf(key: SigningKey): Promise<CryptoKey> | undefined {
  const kept = verifyingKeys.get(key);
  if (kept !== undefined) return kept;
  const raw = isSigningKey(key) ? bytesOfBase64Url(key) : undefined;
  if (raw === undefined) return undefined;
  return verifyingKeys.keep(key, crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']));
}

/** Signs a payload as a compact JWS that `parseCompactJws` takes. */
export async function signCompactJws(type: JwsType, payload: Json, signer: Signer): Promise<string> {
  const header = JSON.stringify({ alg: 'EdDSA', typ: type, kid: signer.kid });
  const signed = `${base64UrlOf(utf8(header))}.${base64UrlOf(utf8(JSON.stringify(payload)))}`;
  return `${signed}.${base64UrlOf(await signer.sign(utf8(signed)))}`;
}

/** JWK thumbprint of an Ed25519 public key: how keys are named everywhere. Source: RFC 7638, RFC 8037 §2. */
export async function kidOf(key: SigningKey): Promise<Kid> {
  return base64UrlOf(await sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${key}"}`))) as Kid;
}

function parseStrictObject(part: string): JsonObject | undefined {
  const bytes = bytesOfBase64Url(part);
  const text = bytes === undefined ? undefined : textOf(bytes);
  const parsed = text === undefined ? undefined : parseJson(text);
  if (bytes === undefined || parsed?.ok !== true || !isJsonObject(parsed.value)) return undefined;
  // Reading text drops a byte order mark: an object begins with its brace.
  return bytes[0] === 0x7b && JSON.stringify(parsed.value) === text ? parsed.value : undefined;
}

function isKid(value: Json | undefined): value is Kid {
  return isBase64UrlOf(value, 32);
}

function refused(): Result<never> {
  return failed(new BackpackError('unauthorized'));
}

const groupOrder = (1n << 252n) + 27742317777372353535851937790883648493n;
