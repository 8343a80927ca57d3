import { isJsonObject, type Json, type JsonObject, listOf } from '../../model/json.ts';
import type { ContextSource } from '../../model/session.ts';
import type { Naming } from './meaning.ts';

/**
 * The first name by which a document says what a published word says by another, and by which readers look in vain: a
 * whole address in the place of a word, a word or prefix of its own for one. In a value, a prefix of its own would
 * turn one address into another (threat T42). Source: VCDM 2.0 §Contexts (compacted form), §Identifiers.
 */
export function aliasIn(
  document: JsonObject,
  { own, used }: Naming,
  contexts: ContextSource,
): string | undefined {
  const targets: Targets = new Map();
  const words = new Map<string, Set<string>>();
  for (const address of used) collectWords(contexts(address)?.['@context'], new Map(), targets, words);
  const ownWords = new Set<string>();
  for (const context of own)
    for (const [word, target] of targetsIn(context)) {
      ownWords.add(word);
      add(targets, word, target);
    }
  const isAlias = (name: string) => {
    const addresses = addressesOf(name, targets);
    if (addresses === undefined) return true;
    return addresses.some((address) => words.has(address) && words.get(address)?.has(name) !== true);
  };
  return [...ownWords].find(isAlias)?.slice(0, 60) ?? aliasBelow(document, ownWords, isAlias);
}

function aliasBelow(
  value: Json,
  own: ReadonlySet<string>,
  isAlias: (name: string) => boolean,
): string | undefined {
  if (typeof value === 'string') {
    const [, prefix = ''] = /^([^:]+):(?!\/\/)\S*$/.exec(value) ?? [];
    return own.has(prefix) ? `${prefix}:`.slice(0, 60) : undefined;
  }
  if (Array.isArray(value)) {
    for (const entry of listOf(value)) {
      const found = aliasBelow(entry, own, isAlias);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '@context') continue;
    if (name.includes(':') && isAlias(name)) return name.slice(0, 60);
    // A type may bear a prefix; nobody takes it for another one by that.
    const found = name === 'type' || name === '@type' ? undefined : aliasBelow(inner, own, isAlias);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Vocabularies of credentials, proofs, states and badges; words of everyday ones may be said by any name. */
const readVocabularies =
  /^https:\/\/(?:www\.w3\.org\/(?:2018|ns)\/credentials|w3id\.org\/|purl\.imsglobal\.org\/)/;

/** What names stand for, as it is written; where contexts differ, all of it. */
type Targets = Map<string, Set<string>>;

function add(targets: Targets, name: string, target: string): void {
  targets.set(name, (targets.get(name) ?? new Set()).add(target));
}

/** Every word of a published context, at any depth, under the whole address that it stands for. */
function collectWords(
  context: Json | undefined,
  outer: Targets,
  targets: Targets,
  words: Map<string, Set<string>>,
): void {
  for (const entry of listOf(context)) {
    if (!isJsonObject(entry)) continue;
    const own = targetsOf(entry).map(([word, target]) => [word, new Set([target])] as const);
    const inForce = new Map([...outer, ...own]);
    for (const [word, target] of targetsOf(entry)) {
      add(targets, word, target);
      for (const address of addressesOf(target, inForce) ?? [])
        if (readVocabularies.test(address)) add(words, address, word);
    }
    for (const definition of Object.values(entry))
      if (isJsonObject(definition)) collectWords(definition['@context'], inForce, targets, words);
  }
}

/** What the words of a context stand for, as it is written there. */
function targetsOf(context: JsonObject): readonly (readonly [string, string])[] {
  return Object.entries(context).flatMap(([term, definition]) => {
    const target = isJsonObject(definition) ? definition['@id'] : definition;
    return term.startsWith('@') || typeof target !== 'string' ? [] : [[term, target] as const];
  });
}

/** The same, with the contexts inside. */
function targetsIn(context: JsonObject): readonly (readonly [string, string])[] {
  const inner = Object.values(context).flatMap((definition) =>
    isJsonObject(definition) ? listOf(definition['@context']).filter(isJsonObject) : [],
  );
  return [...targetsOf(context), ...inner.flatMap(targetsIn)];
}

/** Most names that lead to one another, and most addresses that one name may stand for. */
const maxHops = 8;
const maxAddresses = 16;

/**
 * The addresses behind a word or a prefix; `undefined` when it leads too far to be followed.
 * Source: JSON-LD 1.1 API §5.2 (IRI expansion).
 */
function addressesOf(name: string, targets: Targets, hops = maxHops): readonly string[] | undefined {
  const colon = name.indexOf(':');
  const isWhole = colon >= 0 && name.startsWith('//', colon + 1);
  const found = isWhole ? undefined : targets.get(colon < 0 ? name : name.slice(0, colon));
  if (found === undefined) return [name];
  if (hops === 0) return undefined;
  const all: string[] = [];
  for (const target of found) {
    const next = colon < 0 ? target : target + name.slice(colon + 1);
    const inner = next === name ? [name] : addressesOf(next, targets, hops - 1);
    if (inner === undefined || all.length + inner.length > maxAddresses) return undefined;
    all.push(...inner);
  }
  return all;
}
