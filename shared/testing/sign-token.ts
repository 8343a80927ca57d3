import { type Bytes, base64UrlOf, utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { pemOf, type SigningKey, signBytes, tokenPart } from './signing-keys.ts';

/** A compact JWS over header and payload as they are given; the header may lie about the key. */
export async function signToken(header: JsonObject, payload: JsonObject, key: SigningKey): Promise<string> {
  const signed = `${tokenPart(header)}.${tokenPart(payload)}`;
  return `${signed}.${base64UrlOf(await signBytes(key, utf8(signed)))}`;
}

/** The forgery of RFC 7515 §3.1 misuse: no signature at all, and a header that says so. */
export function unsignedToken(header: JsonObject, payload: JsonObject): string {
  return `${tokenPart({ ...header, alg: 'none' })}.${tokenPart(payload)}.`;
}

/** The classic forgery: HMAC with the public key's PEM text, which everybody has, as the secret. */
export async function hmacToken(header: JsonObject, payload: JsonObject, key: SigningKey): Promise<string> {
  const signed = `${tokenPart({ ...header, alg: 'HS256' })}.${tokenPart(payload)}`;
  const secret = await crypto.subtle.importKey(
    'raw',
    utf8(pemOf(key)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const mac: Bytes = new Uint8Array(await crypto.subtle.sign('HMAC', secret, utf8(signed)));
  return `${signed}.${base64UrlOf(mac)}`;
}
