import { textOf } from './bytes.ts';
import { BackpackError } from './errors.ts';
import { failed, ok, type Result } from './result.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** Deepest nesting of a foreign document (design §15). */
export const maxJsonDepth = 32;
/**
 * Most values, and most lists and objects among them. An empty object is three letters of text and 60 bytes of
 * memory, one with a name of its own several hundred: 4 MiB of them would fill 250.
 */
export const maxJsonValues = 60_000;
export const maxJsonContainers = 20_000;

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads foreign JSON text within bounds: nesting at most `maxDepth`, no crowd of values, no key that reaches a
 * prototype or stands twice in its object, no number beyond what a number can hold.
 * Errors: `malformed-json`, `too-deep`, `too-many-values`.
 */
export function parseJson(text: string, maxDepth: number = maxJsonDepth): Result<Json> {
  // Judged before JSON.parse, so that hostile text costs one linear scan and no memory.
  const { depth, containers, values } = extentOf(text);
  if (depth > maxDepth) return failed(new BackpackError('too-deep', { limit: maxDepth }));
  if (values > maxJsonValues || containers > maxJsonContainers)
    return failed(new BackpackError('too-many-values', { limit: maxJsonValues }));
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    return failed(new BackpackError('malformed-json', {}, cause));
  }
  // Readers differ in which of two equal names counts, so that one text could mean two things (threat T41).
  if (hasDuplicateKeys(text))
    return failed(new BackpackError('malformed-json', { why: 'a name occurs twice' }));
  if ((mayNamePrototype(text) || mayOverflow(text)) && !isSafe(value))
    return failed(new BackpackError('malformed-json', { why: 'a name or number that is not allowed' }));
  return ok(value);
}

/**
 * Reads foreign JSON bytes (UTF-8, byte order mark tolerated) that must be an object.
 * Errors: `malformed-json`, `too-deep`, `too-many-values`.
 */
export function parseJsonObject(bytes: Uint8Array, maxDepth: number = maxJsonDepth): Result<JsonObject> {
  const text = textOf(bytes);
  if (text === undefined) return failed(new BackpackError('malformed-json', { encoding: 'not utf-8' }));
  const parsed = parseJson(text, maxDepth);
  if (!parsed.ok) return parsed;
  return isJsonObject(parsed.value)
    ? ok(parsed.value)
    : failed(new BackpackError('malformed-json', { expected: 'object' }));
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that the standards allow alone or in a list, as a list; absent as an empty one. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** The string, or `undefined` for anything else. */
export function stringOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** True when `type` (one or list) of the object names the type. */
export function hasType(object: JsonObject, type: string): boolean {
  return listOf(object['type'] ?? object['@type']).includes(type);
}

/** JSON with keys in UTF-16 order and no spaces: one text for one value (RFC 8785 for the values we make). */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  if (isJsonObject(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/**
 * True when an object of the JSON text holds one name twice, escapes resolved. `text` must be JSON already;
 * takes time linear in its length. Source: RFC 8259 §4 (names should be unique).
 */
function hasDuplicateKeys(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  let expectsName = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) {
      const end = endOfString(text, index);
      const names = open.at(-1);
      if (expectsName && names !== undefined) {
        const written = text.slice(index + 1, end);
        const name = written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
        if (names.has(name)) return true;
        names.add(name);
        expectsName = false;
      }
      index = end;
    } else if (code === 0x7b) {
      open.push(new Set());
      expectsName = true;
    } else if (code === 0x5b) {
      open.push(undefined);
      expectsName = false;
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
      expectsName = false;
    } else if (code === 0x2c) expectsName = open.at(-1) !== undefined;
  }
  return false;
}

/** Index of the quotation mark that ends the string which begins at `start`; the text's length when none does. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let before = index - 1;
  while (text.charCodeAt(before) === 0x5c) before -= 1;
  return (index - before) % 2 === 0;
}

type Extent = { readonly depth: number; readonly containers: number; readonly values: number };

/** How much there is in a JSON text, counted without reading it; of what is no JSON it says anything. */
function extentOf(text: string): Extent {
  let [depth, deepest, containers, commas] = [0, 0, 0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x2c) commas += 1;
    else if (code === 0x7b || code === 0x5b) {
      containers += 1;
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return { depth: deepest, containers, values: containers + commas };
}

/** Most texts hold none of these words, and no escape that could spell one. */
function mayNamePrototype(text: string): boolean {
  return text.includes('\\u') || [...forbiddenKeys].some((key) => text.includes(key));
}

/** Numbers that overflow have three digits in their exponent, or hundreds of digits. */
function mayOverflow(text: string): boolean {
  return /e\+?\d{3}|\d{300}/i.test(text);
}

/** `1e999` reads as infinity, which is written `null`: one signature would be good for both. */
function isSafe(value: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).every(isSafe);
  if (typeof value === 'number') return Number.isFinite(value);
  if (!isJsonObject(value)) return true;
  return Object.keys(value).every((key) => !forbiddenKeys.has(key) && isSafe(value[key] as Json));
}
