import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

/** Largest schema and value, in nodes, and most visits of a schema's node that judging the value may need. */
const maxSchemaNodes = 20_000;
const maxValueNodes = 20_000;
const maxVisits = 5_000_000;
/** Longest text that a pattern is run on, and longest pattern. */
const maxTestedText = 5_000;
const maxPatternLength = 200;
/** Values of more nodes are not asked to be all different: that compares each with each. */
const maxCompared = 2_000;

/** Words below which schemas stand that apply to the same value, and to a part of it. */
const samePlace = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'];
const onePartDown = [
  ...['properties', 'patternProperties', 'additionalProperties', 'items', 'prefixItems', 'additionalItems'],
  ...['contains', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems'],
];
/** Words below which stand schemas by name, or data that is no schema. */
const byName = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);
const notSchemas = new Set(['enum', 'const', 'default', 'examples', 'required']);
/** Formats whose check is linear and says something. */
const safeFormats = new Set(['date-time', 'date', 'time', 'uri', 'uuid', 'email']);

export type FittedSchema = { readonly schema: JsonObject; readonly isWhole: boolean };

/**
 * The schema without what must not be run on this value, or `undefined` when judging by it could take for ever:
 * regular expressions that can back-track, comparing each with each, and references that multiply.
 */
export function fitSchema(schema: JsonObject, value: Json): FittedSchema | undefined {
  const size = sizeOf(value);
  if (size.nodes > maxValueNodes || sizeOf(schema).nodes > maxSchemaNodes) return undefined;
  const visits = visitsOf(schema, size.depth);
  if (visits === undefined || visits * size.nodes > maxVisits) return undefined;
  let isWhole = true;
  const drop = () => {
    isWhole = false;
    return undefined;
  };
  const mayMatch = (pattern: Json) =>
    size.longest <= maxTestedText && typeof pattern === 'string' && isSafePattern(pattern);
  const pruned = (node: Json, isSchema: boolean): Json => {
    if (Array.isArray(node)) return (node as readonly Json[]).map((entry) => pruned(entry, isSchema));
    if (!isJsonObject(node)) return node;
    const entries = Object.entries(node).flatMap(([word, inner]): readonly (readonly [string, Json])[] => {
      if (!isSchema) return [[word, pruned(inner, true)]];
      if (notSchemas.has(word)) return [[word, inner]];
      if (word === '$id' || word === 'id' || word === '$anchor') return [];
      if (word === 'pattern' && !mayMatch(inner)) return drop() ?? [];
      if (word === 'patternProperties' && isJsonObject(inner) && !Object.keys(inner).every(mayMatch))
        return drop() ?? [];
      if (word === 'uniqueItems' && size.nodes > maxCompared) return drop() ?? [];
      if (word === 'format' && !safeFormats.has(String(inner))) return [];
      return [[word, pruned(inner, !byName.has(word))]];
    });
    return Object.fromEntries(entries);
  };
  const whole = pruned(schema, true);
  return isJsonObject(whole) ? { schema: whole, isWhole } : undefined;
}

/** A pattern that is tried in linear time from each place: one open repetition, nothing repeated as a group. */
function isSafePattern(pattern: string): boolean {
  if (pattern.length > maxPatternLength) return false;
  const plain = pattern.replace(/\\[^1-9]/g, '_').replace(/\[[^\]]*\]/g, '_');
  if (/\\[1-9]|\(\?[^:]|\)[*+{]/.test(plain)) return false;
  return (plain.match(/[*+]|\{\d+,\}/g) ?? []).length <= 1;
}

/** How often nodes of the schema are visited at most along one way down a value of this depth; bounded. */
function visitsOf(root: JsonObject, depth: number): number | undefined {
  const known = new Map<Json, Map<number, number>>();
  const open = new Set<Json>();
  const visit = (node: Json, left: number): number => {
    if (!isJsonObject(node)) return 1;
    const before = known.get(node)?.get(left);
    if (before !== undefined) return before;
    // A schema that refers to itself for the same value never ends.
    if (open.has(node)) return Number.POSITIVE_INFINITY;
    open.add(node);
    let count = 1;
    for (const word of ['$ref', '$recursiveRef', '$dynamicRef']) {
      const target = node[word];
      if (typeof target === 'string') count += visit(targetOf(root, target) ?? false, left);
    }
    for (const word of samePlace) for (const inner of schemasBelow(node, word)) count += visit(inner, left);
    open.delete(node);
    if (left > 0) {
      const outer = [...open];
      open.clear();
      for (const word of onePartDown)
        for (const inner of schemasBelow(node, word)) count += visit(inner, left - 1);
      for (const one of outer) open.add(one);
    }
    known.set(node, (known.get(node) ?? new Map()).set(left, count));
    return count;
  };
  const visits = visit(root, depth);
  return Number.isFinite(visits) ? visits : undefined;
}

function schemasBelow(node: JsonObject, word: string): readonly Json[] {
  const inner = node[word];
  if (inner === undefined) return [];
  if (Array.isArray(inner)) return inner as readonly Json[];
  return byName.has(word) && isJsonObject(inner) ? Object.values(inner) : [inner];
}

/** What a reference inside the same schema points at. Source: RFC 6901. */
function targetOf(root: JsonObject, reference: string): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: Json | undefined = root;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) at = (at as readonly Json[])[Number(name)];
    else at = isJsonObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return at;
}

function sizeOf(value: Json): { readonly nodes: number; readonly depth: number; readonly longest: number } {
  let nodes = 0;
  let deepest = 0;
  let longest = 0;
  const walk = (at: Json, depth: number): void => {
    nodes += 1;
    deepest = Math.max(deepest, depth);
    if (nodes > maxValueNodes) return;
    if (typeof at === 'string') longest = Math.max(longest, at.length);
    if (Array.isArray(at)) for (const entry of at as readonly Json[]) walk(entry, depth + 1);
    else if (isJsonObject(at))
      for (const [name, inner] of Object.entries(at)) {
        longest = Math.max(longest, name.length);
        walk(inner, depth + 1);
      }
  };
  walk(value, 0);
  return { nodes, depth: deepest, longest };
}
