import { sha256 as digestAtOnce } from '@noble/hashes/sha2.js';
import { base64, base64url, base64urlnopad } from '@scure/base';
import type { Sha256 } from './brands.ts';

/** Bytes that WebCrypto and fetch take as they are. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Room for the texts of `briefUtf8`. */
const brief = new Uint8Array(32 * 1024);

/**
 * UTF-8 bytes of a text, good until the next call: for digests, which take their copy at once. A new array for each
 * text takes longer than the text itself.
 */
export function briefUtf8(text: string): Bytes {
  if (text.length * 3 > brief.length) return utf8(text);
  return new Uint8Array(brief.buffer, 0, encoder.encodeInto(text, brief).written);
}

/** UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

/** Text of UTF-8 bytes, a byte order mark removed; `undefined` when they are no UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** base64url without padding. */
export function base64UrlOf(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes);
}

/** True for canonical base64url without padding: of no bytes is there another text. */
export function isBase64Url(text: string): boolean {
  return /^[A-Za-z0-9_-]*$/.test(text) && endsWithoutSpareBits(text);
}

/** Bytes of canonical base64url without padding; `undefined` for anything else (padding, spaces, spare bits). */
export function bytesOfBase64Url(text: string): Bytes | undefined {
  if (!isBase64Url(text)) return undefined;
  // The platform's own decoder: tokens are long, and nearly all of a token's reading is this.
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The bits of the last letter that belong to no byte are zero: one text for one value. Source: RFC 4648 §3.5. */
function endsWithoutSpareBits(text: string): boolean {
  const last = alphabet.indexOf(text.at(-1) ?? 'A');
  const left = text.length % 4;
  return left === 0 || (left === 2 && last % 16 === 0) || (left === 3 && last % 4 === 0);
}

/** base64 with padding, for `data:` addresses. */
export function base64Of(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** Bytes of base64 in either alphabet, white space and missing padding tolerated; `undefined` when it is none. */
export function bytesOfLooseBase64(text: string): Bytes | undefined {
  const compact = text
    .replace(/[\s=]+/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/');
  try {
    return base64url.decode(
      (compact + '='.repeat((4 - (compact.length % 4)) % 4)).replace(/\+/g, '-').replace(/\//g, '_'),
    ) as Bytes;
  } catch {
    return undefined;
  }
}

const hexDigits = '0123456789abcdef';

/** Lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexDigits.charAt(byte >> 4) + hexDigits.charAt(byte & 15);
  return text;
}

/** One array out of several. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** True when both hold the same bytes. Not for secrets. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Longest input that is hashed here: the way to WebCrypto and back costs more than the digest itself. */
const shortInput = 1024;

/** SHA-256 as raw bytes. */
export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  if (bytes.length <= shortInput) return digestAtOnce(bytes) as Bytes;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Bytes));
}

/** SHA-256 as `sha256Of` has it, at once where a host can. */
export type Digest = (bytes: Uint8Array) => Sha256 | Promise<Sha256>;

/** SHA-256 as the base64url that names documents everywhere in the house. */
export async function sha256Of(bytes: Uint8Array): Promise<Sha256> {
  return base64UrlOf(await sha256(bytes)) as Sha256;
}
