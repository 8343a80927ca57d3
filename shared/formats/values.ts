import type { Json } from '../model/json.ts';
import { parseZonedTime } from '../model/time.ts';
import { ob2PropertyNames, ob2TypeWords } from './ob-2-classes.ts';

/**
 * The primitive values of Open Badges 2.0 by the names that its validators give them.
 * Each takes any JSON and answers in time linear in its length.
 */
export const primitiveValues: Readonly<Record<string, (value: Json) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  // What a form that was left out writes.
  nothing: (value) => value === '',
  text: (value) => typeof value === 'string',
  'markdown-text': (value) => typeof value === 'string',
  'text-or-number': (value) => typeof value === 'string' || typeof value === 'number',
  url: isWebAddress,
  iri: isIri,
  id: isIri,
  'data-uri': isDataUri,
  'data-uri-or-url': (value) => isDataUri(value) || isWebAddress(value),
  'url-authority': isAuthority,
  email: isEmail,
  telephone: isTelephone,
  datetime: (value) => typeof value === 'string' && parseZonedTime(value) !== undefined,
  'identity-hash': isIdentityHash,
  language: isLanguage,
  // A property, by a word of the context or its address.
  'compact-iri': (value) =>
    isIri(value) || isCompactIri(value) || (typeof value === 'string' && ob2PropertyNames.has(value)),
  'rdf-type': (value) =>
    isWebAddress(value) || isCompactIri(value) || (typeof value === 'string' && ob2TypeWords.has(value)),
};

/** Longest address that is looked at; more is refused unread. */
const maxAddressLength = 65_536;

/**
 * An absolute http(s) address with a host, as written in a badge: user names are tolerated, white space is not.
 * Source: OB 2.0 §URL (dtURL). What is fetched passes `parseUrl` as well, which refuses user names.
 */
export function isWebAddress(value: Json | undefined): value is string {
  if (typeof value !== 'string' || value.length > maxAddressLength) return false;
  if (!/^https?:\/\/[^\s/?#\\]/i.test(value) || /[\s<>"{}|\\^`]/.test(value) || hasControls(value))
    return false;
  const host = URL.canParse(value) ? new URL(value).hostname : '';
  return host !== '' && !host.startsWith('.') && !host.includes('..');
}

/**
 * What may identify a badge object: an http(s) address, a URN (a `urn:uuid:` must hold a UUID), a DID or a
 * blank node. `data:` and script addresses are none. Source: OB 2.0 §IRI (dtIRI).
 */
export function isIri(value: Json | undefined): value is string {
  if (typeof value !== 'string' || value.length > maxAddressLength) return false;
  if (isWebAddress(value)) return true;
  if (/^_:[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) return true;
  if (/^did:[a-z0-9]+:[A-Za-z0-9._:%-]+(?:[/?#]\S*)?$/.test(value)) return true;
  if (/^urn:uuid:/i.test(value)) return isUuidUrn(value);
  return /^urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:[^\s#]+$/i.test(value);
}

function isUuidUrn(value: string): boolean {
  return /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value);
}

/** A `data:` address with its comma; the payload is judged only where it is decoded. Source: RFC 2397. */
export function isDataUri(value: Json | undefined): value is string {
  return typeof value === 'string' && /^data:[^,:]*,/i.test(value);
}

/** Host name with optional port, without scheme or path. Source: OB 2.0 §VerificationObject (allowedOrigins). */
export function isAuthority(value: Json | undefined): value is string {
  if (typeof value !== 'string' || value.length > 300) return false;
  if (/^localhost(?::\d{1,5})?$/i.test(value)) return true;
  // A name has a dot and a last label that is no number; so bare words and IP addresses are none.
  return /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}])(?::\d{1,5})?$/u.test(
    value,
  );
}

/** One `@` between two parts without white space. Whether anybody reads mail there is not for a form to say. */
export function isEmail(value: Json | undefined): value is string {
  return (
    typeof value === 'string' && value.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(value) && !hasControls(value)
  );
}

/** E.164 with an optional extension. Source: OB 2.0 §Profile (telephone). */
export function isTelephone(value: Json | undefined): value is string {
  return typeof value === 'string' && /^\+?[1-9]\d{1,14}(?:;ext=\d{1,15})?$/.test(value);
}

/** `sha256$…` or `md5$…` in either case. Source: OB 2.0 §IdentityHash. */
export function isIdentityHash(value: Json | undefined): value is string {
  return typeof value === 'string' && /^(?:sha256\$[0-9a-f]{64}|md5\$[0-9a-f]{32})$/i.test(value);
}

/** A language tag by its form. Source: BCP 47 §2.1. */
export function isLanguage(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length <= 100 && /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(value);
}

/** `prefix:name`, as contexts shorten addresses; never one of the schemes that reach code or bytes. */
export function isCompactIri(value: Json | undefined): value is string {
  return (
    typeof value === 'string' &&
    /^[A-Za-z][A-Za-z0-9_.-]*:[^\s]+$/.test(value) &&
    !/^(?:javascript|data|vbscript|file|blob):/i.test(value)
  );
}

function hasControls(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /[\u0000-\u001f\u007f]/.test(value);
}
