import { type Bytes, briefUtf8, concat } from '../model/bytes.ts';
import { failure } from '../model/check.ts';
import type { HashName } from '../model/effects.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Refused } from './embedded-proof.ts';
import { canonize } from './json-ld/canonize.ts';
import { misleadingNames, misleadingPart } from './json-ld/meaning.ts';

export type CanonicalTexts = { readonly options: string; readonly document: string };

/** A way from the proof's own options and the document to the two texts that are signed together. */
export type Canonicalise = (
  options: JsonObject,
  document: JsonObject,
  session: Session,
  hash: HashName,
  source: string,
) => Promise<CanonicalTexts | Refused>;

/** The proof without the one member that holds its value: what was signed of it. */
export function optionsOf(proof: JsonObject, value: 'proofValue' | 'jws'): JsonObject {
  return Object.fromEntries(Object.entries(proof).filter(([name]) => name !== value));
}

/**
 * Canonical RDF of both. The options are read with the document's own contexts; words that no context defines, and
 * contexts that make the document mean something else than its names, are refused.
 * Source: DI EdDSA §3.2.3 – §3.2.5; DI ECDSA §3.2.
 */
export const rdfTexts: Canonicalise = async (options, document, session, hash, source) => {
  const context = document['@context'];
  const configuration: JsonObject = context === undefined ? options : { ...options, '@context': context };
  const { signal, cryptography, effort } = session;
  const how = { hash, signal, cryptography, effort };
  const [config, unsecured] = await Promise.all([
    canonize(configuration, session.contexts, how),
    canonize(document, session.contexts, how),
  ]);
  for (const canonical of [unsecured, config]) {
    if (canonical.ok) continue;
    const { code, facts } = canonical;
    const asks = code === 'unknown-context' || code === 'beyond-limits' ? 'unsupported' : 'malformed';
    const check = code === 'beyond-limits' ? 'limits' : 'form';
    return { refusal: failure(check, asks, code, `${source}; JSON-LD 1.1 API (safe mode)`, facts) };
  }
  if (!config.ok || !unsecured.ok) return { refusal: failure('form', 'malformed', 'bad-value', source) };
  // Whatever encodes them writes one sign for every half of a character: one signature would be good for all of these.
  if (!config.quads.isWellFormed() || !unsecured.quads.isWellFormed())
    return noUnicode('RDF 1.1 N-Quads §4 (grammar)');
  const misleading =
    misleadingNames(configuration, session.contexts) ??
    misleadingPart(document, unsecured.tally, session.contexts);
  if (misleading !== undefined) {
    const rule = 'VCDM 2.0 §Verification (contexts)';
    return { refusal: failure('form', 'malformed', 'bad-value', rule, misleading) };
  }
  return { options: config.quads, document: unsecured.quads };
};

/**
 * Canonical JSON (RFC 8785) of both. A proof that carries a `@context` of its own signed the document with exactly
 * that one: the document's must begin with it, and what stands behind is not the signer's word.
 * Source: DI EdDSA §3.3.2 (eddsa-jcs-2022); DI ECDSA §3.3.2.
 */
export const jsonTexts: Canonicalise = async (options, document, _session, _hash, source) => {
  const own = options['@context'];
  if (own !== undefined && !beginsWith(document['@context'], own))
    return { refusal: failure('integrity', 'invalid', 'proof-elsewhere', source, { field: '@context' }) };
  const secured = own === undefined ? document : { ...document, '@context': own };
  const texts = { options: canonicalJson(options), document: canonicalJson(secured) };
  // RFC 8785 §3.2.2.2: text that is no Unicode has no canonical form.
  const mayHoldHalves = [texts.options, texts.document].some((text) => text.includes('\\ud'));
  if (mayHoldHalves && (hasLoneSurrogate(options) || hasLoneSurrogate(secured)))
    return noUnicode('RFC 8785 §3.2.2.2');
  return texts;
};

function noUnicode(source: string): Refused {
  return { refusal: failure('form', 'malformed', 'bad-value', source, { field: 'Unicode' }) };
}

function beginsWith(value: Json | undefined, start: Json): boolean {
  const all = listOf(value).map(canonicalJson);
  return listOf(start).every((entry, index) => all[index] === canonicalJson(entry));
}

/** JSON can write half of a character by its number, and canonical JSON does; no encoding of text can hold it. */
function hasLoneSurrogate(value: Json): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (isJsonObject(value))
    return Object.entries(value).some(([name, inner]) => !name.isWellFormed() || hasLoneSurrogate(inner));
  return Array.isArray(value) && listOf(value).some(hasLoneSurrogate);
}

/** What is signed: the hash of the options, then the hash of the document. Source: DI EdDSA §3.2.4. */
export async function signedHashes(
  { options, document }: CanonicalTexts,
  hash: HashName,
  session: Session,
): Promise<Bytes> {
  return concat(...(await Promise.all([digest(options, hash, session), digest(document, hash, session)])));
}

/** The hash of a text's UTF-8 bytes. */
export async function digest(text: string, hash: HashName, { cryptography }: Session): Promise<Bytes> {
  const bytes = briefUtf8(text);
  return cryptography?.digest(hash, bytes) ?? new Uint8Array(await crypto.subtle.digest(hash, bytes));
}
