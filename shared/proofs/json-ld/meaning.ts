import type { Facts } from '../../model/errors.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject, listOf } from '../../model/json.ts';
import type { ContextSource } from '../../model/session.ts';

/** Where all names of the credentials vocabulary begin. */
export const credentialsVocabulary = 'https://www.w3.org/2018/credentials#';
/** The type that every credential has. */
export const verifiableCredential = `${credentialsVocabulary}VerifiableCredential`;

/** Properties of the credential itself that a verdict rests on, by the name under which the product reads them. */
const decisive: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'issuer',
    'credentialSubject',
    'credentialStatus',
    'validFrom',
    'validUntil',
    'issuanceDate',
    'expirationDate',
  ].map((name) => [name, `${credentialsVocabulary}${name}`]),
);

/** Keywords that may stand as a name in a document; others move or hide what they hold. */
const allowedKeywords = new Set(['@context', '@value', '@language', '@direction', '@type']);
/** Keywords that may stand in a context of the document's own. */
const allowedContextKeywords = new Set(['@version', '@protected']);

/**
 * Whether the document means what its names say, to a reader who knows the names and not JSON-LD.
 *
 * A signature covers statements, not words: whoever maps `name` to a description in a context of his own, writes
 * `credentialStatus` by its full address, or moves it below a keyword, leaves every signature good and shows readers
 * something else (threat T42). Gives what is wrong, or nothing. Source: VCDM 2.0 §Verification (context validation).
 *
 * `tally`: of the document's expanded form, by whatever expanded it.
 */
export function misleadingPart(
  document: JsonObject,
  tally: Tally | undefined,
  contexts: ContextSource,
): Facts | undefined {
  const used = new Set<string>();
  const inline: JsonObject[] = [];
  const keyword = walk(document, used, inline);
  if (keyword !== undefined) return { field: keyword };
  const known = inline.length === 0 ? new Map() : knownTerms(used, contexts);
  for (const context of inline) {
    const term = redefinedTerm(context, known);
    if (term !== undefined) return { field: `@context ${term}` };
  }
  return hiddenProperty(document, tally);
}

/** Collects the contexts that the document uses; gives the first keyword that has no place in it. */
function walk(value: Json, used: Set<string>, inline: JsonObject[]): string | undefined {
  for (const entry of Array.isArray(value) ? listOf(value) : []) {
    const found = walk(entry, used, inline);
    if (found !== undefined) return found;
  }
  if (!isJsonObject(value)) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (name.startsWith('@') && !allowedKeywords.has(name)) return name.slice(0, 60);
    if (name === '@context') {
      for (const context of Array.isArray(inner) ? listOf(inner) : [inner]) {
        if (typeof context === 'string') used.add(context);
        else if (isJsonObject(context)) inline.push(context);
        // `null` would take every definition back.
        else return '@context';
      }
    } else {
      const found = walk(inner, used, inline);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

type Terms = ReadonlyMap<string, ReadonlySet<string>>;

/** Every term of the bundled contexts in use, at any depth, with its definitions as canonical text. */
function knownTerms(used: ReadonlySet<string>, contexts: ContextSource): Terms {
  const terms = new Map<string, Set<string>>();
  const add = (context: Json | undefined): void => {
    for (const entry of listOf(context)) {
      if (!isJsonObject(entry)) continue;
      for (const [term, definition] of Object.entries(entry)) {
        if (term.startsWith('@')) continue;
        const definitions = terms.get(term) ?? new Set();
        terms.set(term, definitions.add(canonicalJson(definition)));
        if (isJsonObject(definition)) add(definition['@context']);
      }
    }
  };
  for (const address of used) add(contexts(address)?.['@context']);
  return terms;
}

/** The first term of an own context that says otherwise than the published ones, or that does more than name. */
function redefinedTerm(context: JsonObject, known: Terms): string | undefined {
  for (const [term, definition] of Object.entries(context)) {
    if (term === '@vocab' && isOwnVocabulary(definition, known)) continue;
    if (term.startsWith('@')) {
      if (!allowedContextKeywords.has(term)) return term.slice(0, 60);
      continue;
    }
    const published = known.get(term);
    if (published !== undefined && !published.has(canonicalJson(definition))) return term.slice(0, 60);
    const target = isJsonObject(definition) ? definition['@id'] : definition;
    if (definition === null || (typeof target === 'string' && target.startsWith('@')))
      return term.slice(0, 60);
    if (!isJsonObject(definition)) continue;
    if ('@nest' in definition || '@reverse' in definition) return term.slice(0, 60);
    for (const inner of listOf(definition['@context'])) {
      const found = isJsonObject(inner) ? redefinedTerm(inner, known) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/**
 * A vocabulary for words that no context defines drops nothing and redefines nothing: each is signed by its own name.
 * It must not reach into the published ones, where half an address could be completed to another word's.
 */
function isOwnVocabulary(vocabulary: Json, known: Terms): boolean {
  if (typeof vocabulary !== 'string' || !/^https?:\/\/\S+[#/]$/.test(vocabulary)) return false;
  const published = [...known.values()].flatMap((definitions) => [...definitions]);
  return !published.some((text) => {
    const definition = JSON.parse(text) as Json;
    const target = isJsonObject(definition) ? definition['@id'] : definition;
    return typeof target === 'string' && target.startsWith(vocabulary);
  });
}

/** A decisive property that stands somewhere else than under its own name at the top. */
function hiddenProperty(document: JsonObject, tally: Tally | undefined): Facts | undefined {
  if (tally === undefined) return { field: '@graph' };
  for (const [name, address] of Object.entries(decisive))
    if ((tally.get(address) ?? 0) > listOf(document[name]).length) return { field: name };
  return undefined;
}

/** How many values each property of the credentials vocabulary has among the credential's own statements. */
export type Tally = ReadonlyMap<string, number>;

/** Counts in an expanded document; `undefined` for one that is not a single node. */
export function tallyOf(expanded: readonly unknown[]): Tally | undefined {
  const [top] = expanded;
  if (expanded.length !== 1 || !isNode(top)) return undefined;
  const counts = new Map<string, number>();
  count(top, top['@id'], true, counts);
  return counts;
}

type ExpandedNode = { readonly [name: string]: unknown };

function isNode(value: unknown): value is ExpandedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Counts the values of properties of this credential's own statements. Graphs and credentials inside are documents
 * of their own, unless they call themselves by this one's name and so speak of it.
 */
function count(value: unknown, ownId: unknown, isTop: boolean, counts: Map<string, number>): void {
  if (Array.isArray(value)) for (const entry of value) count(entry, ownId, false, counts);
  if (!isNode(value)) return;
  const types = value['@type'];
  const isCredential = Array.isArray(types) && types.includes(verifiableCredential);
  if (!isTop && isCredential && (value['@id'] === undefined || value['@id'] !== ownId)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '@graph') continue;
    if (name.startsWith(credentialsVocabulary) && Array.isArray(inner))
      counts.set(name, (counts.get(name) ?? 0) + inner.length);
    count(inner, ownId, false, counts);
  }
}
