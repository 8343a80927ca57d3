import { credentialOfClaims } from '../formats/credential-claims.ts';
import { claimsCredential } from '../formats/credential-structure.ts';
import { claimsOpenBadges, generationOf } from '../formats/generation.ts';
import type { Url } from '../model/brands.ts';
import { bytesOfBase64Url, textOf, utf8 } from '../model/bytes.ts';
import { failure } from '../model/check.ts';
import type { DataUrl } from '../model/data-url.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type JsonObject, parseJson } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { CompactToken, Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { isForgeable } from '../proofs/forgeable-algorithm.ts';
import { envelopedIn } from './enveloped.ts';

/** Largest document that is verified, in bytes; the longest status lists come near it. */
export const maxDocumentLength = 2 * 1024 * 1024;

/** What the bytes of a document hold, before it is asked which kind of document that is. */
export type Held =
  | { readonly document: JsonObject }
  | { readonly token: CompactToken }
  | { readonly refusal: Check };

export type Reading = { readonly subject: Subject } | { readonly refusal: Check };

/** Reads a document as far as it says which generation it is. */
export function readDocument(bytes: Uint8Array, address?: Url): Reading {
  return subjectOf(openDocument(bytes), address);
}

/**
 * Reads JSON or a compact token. The bytes are hostile: whatever cannot be read, or could be read in two ways, ends
 * here with the reason.
 */
export function openDocument(bytes: Uint8Array): Held {
  if (bytes.length > maxDocumentLength)
    return refused(failure('limits', 'malformed', 'too-large', 'ours', { limit: maxDocumentLength }));
  const whole = textOf(bytes);
  const text = whole?.trim();
  if (whole === undefined || text === undefined || text === '')
    return notJson('RFC 8259 §8.1', 'empty or not UTF-8');
  return text.startsWith('{') ? openJson(whole) : openToken(text);
}

function openJson(text: string): Held {
  const parsed = parseJson(text);
  if (!parsed.ok) return unread(parsed.error);
  const document = parsed.value;
  return isJsonObject(document) ? { document } : notJson('RFC 8259', 'not an object');
}

function openToken(text: string): Held {
  if (text.includes('~'))
    return refused(
      failure('form', 'unsupported', 'generation-not-supported', 'SD-JWT VC', { generation: 'SD-JWT' }),
    );
  const token = parseCompactToken(text);
  return token.ok ? { token: token.value } : unread(token.error, 'RFC 7515 §7.1');
}

/** What is to be verified of what was opened. */
export function subjectOf(held: Held, address: Url | undefined): Reading {
  if ('refusal' in held) return held;
  if ('document' in held) {
    const enveloped = envelopedIn(held.document, 'EnvelopedVerifiableCredential');
    if (enveloped !== undefined) return subjectOf(openEnveloped(enveloped), address);
    return withGeneration(held.document, undefined, address);
  }
  const { token } = held;
  return withGeneration(credentialOfClaims(token.payload) ?? token.payload, token, address);
}

/**
 * Takes a compact JWS apart: three parts of canonical base64url, the first two JSON objects. A last part that is none is
 * no signature of anybody's, which is for the proof to say: what was signed can be read. RFC 7515 §5.2.
 * Errors: `malformed-json`, `too-deep`, `too-many-values`.
 */
export function parseCompactToken(text: string): Result<CompactToken> {
  const parts = text.split('.');
  const [head, body, tail] = parts;
  if (parts.length !== 3 || head === undefined || body === undefined || tail === undefined) return noToken();
  const header = objectOf(head);
  if (!header.ok) return header;
  const payload = objectOf(body);
  if (!payload.ok) return payload;
  const signature = bytesOfBase64Url(tail) ?? new Uint8Array();
  const signed = utf8(`${head}.${body}`);
  return ok({ text, header: header.value, payload: payload.value, signed, signature });
}

function objectOf(part: string): Result<JsonObject> {
  const bytes = bytesOfBase64Url(part);
  const text = bytes === undefined ? undefined : textOf(bytes);
  if (text === undefined) return noToken();
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  return isJsonObject(parsed.value) ? ok(parsed.value) : noToken();
}

function noToken(): Result<never> {
  return failed(new BackpackError('malformed-json', { why: 'not a compact token' }));
}

function openEnveloped({ bytes, mediaType }: DataUrl): Held {
  if (mediaType.endsWith('jwt')) return openToken((textOf(bytes) ?? '').trim());
  const facts = { generation: mediaType.slice(0, 60) };
  return refused(failure('form', 'unsupported', 'generation-not-supported', 'VC-JOSE-COSE', facts));
}

function withGeneration(
  document: JsonObject,
  token: CompactToken | undefined,
  address: Url | undefined,
): Reading {
  const generation = generationOf(document);
  if (generation === undefined) return refused(unknownGeneration(document, token, address));
  // Later generations keep their state elsewhere.
  if (/^[012]/.test(generation) && document['badge'] === undefined && isWithdrawn(document, address))
    return refused(withdrawn(address));
  return {
    subject: {
      generation,
      document,
      ...(token === undefined ? {} : { token }),
      ...(address === undefined ? {} : { address }),
    },
  };
}

function unknownGeneration(
  document: JsonObject,
  token: CompactToken | undefined,
  address: Url | undefined,
): Check {
  if (claimsCredential(document)) {
    const code = document['@context'] === undefined ? 'missing-field' : 'bad-value';
    return failure('form', 'malformed', code, 'VCDM 2.0 §Contexts', { field: '@context' });
  }
  const context = document['@context'];
  if (claimsOpenBadges(document))
    return failure('form', 'unsupported', 'unknown-context', 'OB 2.0 §JSON-LD', {
      address: String(isJsonObject(context) ? 'inline' : context).slice(0, 200),
    });
  if (isWithdrawn(document, address)) return withdrawn(address);
  const algorithm = String(token?.header['alg']).slice(0, 40);
  // No token that anybody could have made is a badge, whatever is inside.
  if (token !== undefined && isForgeable(algorithm))
    return failure('integrity', 'invalid', 'algorithm-not-supported', 'RFC 7518 §3.1', { algorithm });
  // What names no vocabulary and no class says nothing of badges: it is none, and no later version will read it.
  if (context === undefined && document['type'] === undefined && document['@type'] === undefined)
    return failure('form', 'malformed', 'not-a-badge', 'ours');
  return failure('form', 'unsupported', 'unknown-generation', 'ours');
}

/** What stood at an address may be replaced by a word that it was taken back, with what is left of it or nothing. */
function isWithdrawn({ revoked }: JsonObject, address: Url | undefined): address is Url {
  return address !== undefined && revoked === true;
}

function withdrawn(address: Url): Check {
  const facts = { host: new URL(address).host };
  return failure('status', 'revoked', 'has-been-revoked', 'OB 1.1 §Revoking', facts);
}

function unread({ code, facts }: BackpackError, source = 'RFC 8259'): { readonly refusal: Check } {
  if (code === 'too-deep' || code === 'too-many-values')
    return refused(failure('limits', 'malformed', code, 'ours', facts));
  return notJson(source, typeof facts['why'] === 'string' ? facts['why'] : 'not JSON');
}

function notJson(source: string, why: string): { readonly refusal: Check } {
  return refused(failure('form', 'malformed', 'not-json', source, { why }));
}

function refused(refusal: Check): { readonly refusal: Check } {
  return { refusal };
}
