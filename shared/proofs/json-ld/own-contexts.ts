import { canonicalJson, isJsonObject, type Json, type JsonObject, listOf } from '../../model/json.ts';
import type { ContextSource } from '../../model/session.ts';
import { aliasIn } from './aliases.ts';
import type { Naming } from './meaning.ts';

/**
 * Keywords that may stand in a context of the document's own. A language of all texts is signed with each of them; a
 * direction of all texts is not, by any software in use. Source: VCDM 2.0 §Language and Base Direction.
 */
const allowedKeywords = new Set(['@version', '@protected', '@language']);

/**
 * The first term of a document's own contexts that says otherwise than the published contexts it uses (at the
 * addresses `used`), or that does more than name (threat T42). Source: VCDM 2.0 §Verification (context validation).
 */
export function redefinedTerm(
  own: readonly JsonObject[],
  used: ReadonlySet<string>,
  contexts: ContextSource,
): string | undefined {
  const known = knownTerms(used, contexts);
  for (const context of own) {
    const term = redefinedIn(context, known);
    if (term !== undefined) return term;
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
function redefinedIn(context: JsonObject, known: Terms): string | undefined {
  for (const [term, definition] of Object.entries(context)) {
    if (term === '@vocab' && isOwnVocabulary(definition, known)) continue;
    if (term.startsWith('@')) {
      if (!allowedKeywords.has(term)) return term.slice(0, 60);
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
      const found = isJsonObject(inner) ? redefinedIn(inner, known) : undefined;
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

/**
 * The first name that a document gives to something else than its readers take it for: a published word that its own
 * contexts change, or another name for one. Threat T42; VCDM 2.0 §Verification (context validation).
 */
export function misleadingName(
  document: JsonObject,
  naming: Naming,
  contexts: ContextSource,
): string | undefined {
  const term = redefinedTerm(naming.own, naming.used, contexts);
  return term === undefined ? aliasIn(document, naming, contexts) : `@context ${term}`;
}
