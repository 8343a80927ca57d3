import { isJsonObject, type Json, type JsonObject, listOf } from '../../model/json.ts';

/** What a definition of a term may say for the fast walk; anything else is left to the library. */
const definitionKeywords = new Set(['@id', '@type', '@container', '@context', '@protected']);
const containers = new Set(['@set', '@list', '@graph']);
const typeKeywords = new Set(['@id', '@vocab', '@json', '@none']);
const aliased = new Set(['@id', '@type']);

/** Deepest contexts inside definitions. */
const maxScopes = 8;

/**
 * An absolute address as the library sees one (weak, and weak alike) that holds nothing which N-Quads escape, and no
 * name of a node without a name (`_:`). Source: RDFC-1.0 §5.2 (canonical N-Quads).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const plainIri = /^[A-Za-z][A-Za-z0-9+,\-.]*:[^\s\u0000-\u0020<>"{}|^`\\]*$/;

/** True for an address that stands in quads as it is. */
export function isPlainIri(text: string): boolean {
  return plainIri.test(text);
}

/**
 * True for a context that uses only what the fast walk understands, in a form in which no processor finds a fault.
 * Whatever might be one is said to be none: then the library judges. Source: JSON-LD 1.1 §9.15 (context definitions).
 */
export function isPlainContext(context: Json | undefined, depth = 0): boolean {
  if (context === undefined || depth > maxScopes) return false;
  if (Array.isArray(context))
    return context.length > 0 && listOf(context).every((entry) => isPlainContext(entry, depth + 1));
  // Takes every definition back: allowed to a property, and left to the library where one is used.
  if (context === null) return depth > 0;
  return isJsonObject(context) && isPlainDefinitions(context, depth);
}

function isPlainDefinitions(context: JsonObject, depth: number): boolean {
  return Object.entries(context).every(([name, value]) => {
    if (name === '@version') return value === 1.1;
    if (name === '@protected') return typeof value === 'boolean';
    if (name === '@vocab') return typeof value === 'string' && isWebAddress(value) && isPlainIri(value);
    // Keywords, and names that could be addresses themselves, follow rules of their own.
    if (name === '' || /[@:/]/.test(name)) return false;
    if (typeof value === 'string') return isPlainTarget(value, name, context, depth);
    return isJsonObject(value) && isPlainDefinition(value, name, context, depth);
  });
}

function isPlainDefinition(
  definition: JsonObject,
  name: string,
  context: JsonObject,
  depth: number,
): boolean {
  const { '@id': id, '@type': type, '@container': container, '@context': scoped } = definition;
  if (!Object.keys(definition).every((key) => definitionKeywords.has(key))) return false;
  if (typeof id !== 'string' || !isPlainTarget(id, name, context, depth)) return false;
  if (aliased.has(id) && (type !== undefined || container !== undefined || scoped !== undefined))
    return false;
  if ('@protected' in definition && typeof definition['@protected'] !== 'boolean') return false;
  if (type !== undefined) {
    if (typeof type !== 'string') return false;
    if (!typeKeywords.has(type) && !hasColon(type)) return false;
  }
  if ('@container' in definition && !isPlainContainer(container)) return false;
  return scoped === undefined || isPlainContext(scoped, depth + 1);
}

function isPlainContainer(container: Json | undefined): boolean {
  const kinds = listOf(container);
  if (kinds.length === 0 || !kinds.every((kind) => typeof kind === 'string' && containers.has(kind)))
    return false;
  return kinds.length === 1 || (kinds.length === 2 && kinds.includes('@set') && kinds.includes('@graph'));
}

/** Where a name points: an alias, an address, or another name of the same context that is no alias in turn. */
function isPlainTarget(target: string, name: string, context: JsonObject, depth: number): boolean {
  if (aliased.has(target)) return true;
  if (target === name || target.startsWith('@')) return false;
  if (hasColon(target)) return isSoundPrefix(target, context);
  if (depth > 1 || !Object.hasOwn(context, target)) return false;
  const other = context[target];
  const next = isJsonObject(other) ? other['@id'] : other;
  return typeof next === 'string' && hasColon(next);
}

/** A prefix of the same context is a whole address, so that no definition ever waits for itself. */
function isSoundPrefix(target: string, context: JsonObject): boolean {
  const prefix = target.slice(0, target.indexOf(':'));
  if (prefix === '_' || !Object.hasOwn(context, prefix)) return prefix !== '_';
  const definition = context[prefix];
  const address = isJsonObject(definition) ? definition['@id'] : definition;
  return typeof address === 'string' && isWebAddress(address);
}

function hasColon(text: string): boolean {
  return text.indexOf(':') > 0 && !text.startsWith('@');
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text);
}
