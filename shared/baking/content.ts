import { parseUrl, type Url } from '../model/brands.ts';
import { textOf, utf8 } from '../model/bytes.ts';

/** What a baked text is, decided by what it says and not by where it was found. */
export type Content =
  | { readonly kind: 'json'; readonly document: Uint8Array }
  | { readonly kind: 'token'; readonly document: Uint8Array }
  | { readonly kind: 'address'; readonly document: Uint8Array; readonly reference: Url };

/** Longest compact token, in characters. */
const maxTokenLength = 2 * 1024 * 1024;
/**
 * The pointer that the first draft of `iTXt` baking wrote. Moodle wrote it until 2025 as the text of a Python object
 * in quotes, and from 3.8 on the whole assertion, unescaped, where the address belongs.
 */
const pointer = /^"?\{\s*(["'])method\1\s*:\s*\1hosted\1\s*,\s*\1assertionUrl\1\s*:\s*\1(.*)\1\s*\}"?$/s;

/** Reads a baked text. `undefined` when it is neither JSON, nor a compact token, nor an http(s) address. */
export function contentOf(bytes: Uint8Array): Content | undefined {
  const text = textOf(bytes);
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  const pointed = pointer.exec(trimmed)?.[2]?.trim();
  return pointed === undefined ? plainContentOf(trimmed, bytes) : plainContentOf(pointed, utf8(pointed));
}

function plainContentOf(trimmed: string, bytes: Uint8Array): Content | undefined {
  if (trimmed.startsWith('{')) return { kind: 'json', document: bytes };
  if (isCompactToken(trimmed)) return { kind: 'token', document: utf8(trimmed) };
  const address = parseUrl(trimmed);
  return address.ok ? { kind: 'address', document: utf8(trimmed), reference: address.value } : undefined;
}

/**
 * True for three base64url parts, the first not empty, and for the same with the disclosures of an SD-JWT.
 * An empty signature is let through: whoever says `alg: none` is to be refused by name.
 * Source: RFC 7515 §7.1.
 */
export function isCompactToken(text: string): boolean {
  if (text.length > maxTokenLength) return false;
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(?:~[A-Za-z0-9_.~-]*)?$/.test(text);
}
