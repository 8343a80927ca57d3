import { type Bytes, bytesOfLooseBase64, textOf, utf8 } from './bytes.ts';
import { BackpackError } from './errors.ts';
import { maxBadgeFileBytes } from './limits.ts';
import { failed, ok, type Result } from './result.ts';

export type DataUrl = { readonly bytes: Bytes; readonly mediaType: string };

/**
 * Decodes a `data:` address of at most 5 MiB. `mediaType`: lower case without parameters, `text/plain` when none is
 * given; never to be trusted. A number sign in a percent-encoded body belongs to it: key ids are written unescaped
 * more often than not, and a fragment has no meaning here.
 * Errors: `address-not-allowed` for what is no `data:` address, `offer-too-large`. Source: RFC 2397.
 */
export function decodeDataUrl(content: string): Result<DataUrl> {
  const text = content.trim();
  const comma = text.indexOf(',');
  // What precedes the comma is short by any use; the ceiling keeps the expression away from long texts.
  const head = comma === -1 || comma > 1000 ? undefined : /^data:([^;]*)(.*)$/is.exec(text.slice(0, comma));
  if (head === undefined || head === null)
    return failed(new BackpackError('address-not-allowed', { address: text.slice(0, 60) }));
  const isBase64 = /;\s*base64\s*$/i.test(head[2] ?? '');
  const body = text.slice(comma + 1);
  if (body.length > maxBadgeFileBytes * (isBase64 ? 2 : 3)) return tooLarge();
  const bytes = isBase64 ? base64Bytes(body) : percentBytes(body);
  if (bytes === undefined)
    return failed(new BackpackError('address-not-allowed', { address: text.slice(0, 60) }));
  if (bytes.length > maxBadgeFileBytes) return tooLarge();
  return ok({ bytes, mediaType: (head[1] ?? '').trim().toLowerCase() || 'text/plain' });
}

function tooLarge(): Result<never> {
  return failed(new BackpackError('offer-too-large', { limit: maxBadgeFileBytes }));
}

function base64Bytes(body: string): Bytes | undefined {
  const end = body.indexOf('#');
  const base64 = end === -1 ? body : body.slice(0, end);
  const plain = base64.includes('%') ? textOf(percentBytes(base64)) : base64;
  return plain === undefined ? undefined : bytesOfLooseBase64(plain);
}

/** UTF-8 with every `%` and two hexadecimal digits as one byte; a `%` that begins none stays as it is. */
function percentBytes(body: string): Bytes {
  const bytes = utf8(body);
  let written = 0;
  for (let read = 0; read < bytes.length; read += 1) {
    const value = bytes[read] === 0x25 ? hexPair(bytes, read + 1) : undefined;
    bytes[written] = value ?? bytes[read] ?? 0;
    if (value !== undefined) read += 2;
    written += 1;
  }
  return bytes.subarray(0, written);
}

function hexPair(bytes: Uint8Array, at: number): number | undefined {
  const high = hexDigit(bytes[at]);
  const low = hexDigit(bytes[at + 1]);
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}
