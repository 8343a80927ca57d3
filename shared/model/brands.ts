import { BackpackError } from './errors.ts';
import { failed, ok, type Result } from './result.ts';

declare const brand: unique symbol;
type Brand<Name extends string> = { readonly [brand]: Name };

/** An absolute http(s) address without credentials, at most 2,048 characters, as the URL parser writes it. */
export type Url = string & Brand<'Url'>;
/** SHA-256 as base64url without padding, 43 characters. */
export type Sha256 = string & Brand<'Sha256'>;
/** A moment as RFC 3339 in UTC with milliseconds, `2026-01-31T12:00:00.000Z`; compares as text. */
export type Instant = string & Brand<'Instant'>;
/** A profile's name in its address (design §9): 3 to 30 of a–z, 0–9 and single hyphens inside. */
export type Handle = string & Brand<'Handle'>;
/** A decentralised identifier, `did:method:…`, without path, query or fragment. */
export type Did = string & Brand<'Did'>;
/** JWK thumbprint (RFC 7638, SHA-256, base64url) of a device's signing key. */
export type Kid = string & Brand<'Kid'>;

/** Longest address that is ever fetched or kept (design §11). */
export const maxUrlLength = 2048;

/** Reads an absolute http(s) address; `base` resolves relative ones. Errors: `address-not-allowed`. */
export function parseUrl(text: string, base?: string): Result<Url> {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > maxUrlLength) return notAllowed(trimmed);
  let url: URL;
  try {
    url = new URL(trimmed, base);
  } catch {
    return notAllowed(trimmed);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return notAllowed(trimmed);
  if (url.username !== '' || url.password !== '' || url.hostname === '') return notAllowed(trimmed);
  if (url.href.length > maxUrlLength) return notAllowed(trimmed);
  return ok(url.href as Url);
}

function notAllowed(text: string): Result<never> {
  return failed(new BackpackError('address-not-allowed', { address: text.slice(0, 200) }));
}

/** Reads a base64url SHA-256. Errors: `malformed-hash`. */
export function parseSha256(text: string): Result<Sha256> {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
    ? ok(text as Sha256)
    : failed(new BackpackError('malformed-hash', {}));
}

/** Reads a handle. Errors: `handle-not-allowed`. Reserved words are the server's matter. */
export function parseHandle(text: string): Result<Handle> {
  return /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,28}[a-z0-9]$/.test(text)
    ? ok(text as Handle)
    : failed(new BackpackError('handle-not-allowed', { handle: text.slice(0, 40) }));
}

/** Reads a bare DID. Errors: `malformed-did`. Source: DID Core §3.1. */
export function parseDid(text: string): Result<Did> {
  return /^did:[a-z0-9]{1,32}:[A-Za-z0-9._:%-]{1,2000}$/.test(text)
    ? ok(text as Did)
    : failed(new BackpackError('malformed-did', { did: text.slice(0, 200) }));
}

/** Reads a device key id. Errors: `malformed-hash`. */
export function parseKid(text: string): Result<Kid> {
  return /^[A-Za-z0-9_-]{43}$/.test(text) ? ok(text as Kid) : failed(new BackpackError('malformed-hash', {}));
}

/** An instant from milliseconds since 1970. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

/** Milliseconds since 1970 of an instant. */
export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}
