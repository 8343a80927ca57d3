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
 * `crowd`: how many times as many values as usual there may be.
 * Errors: `malformed-json`, `too-deep`, `too-many-values`.
 */
export function parseJson(text: string, maxDepth: number = maxJsonDepth, crowd = 1): Result<Json> {
  // Judged before JSON.parse, so that hostile text costs one linear scan and no memory.
  const { beyond, members } = scan(text, maxDepth, crowd);
  if (beyond !== undefined)
    return failed(
      new BackpackError(beyond, { limit: beyond === 'too-deep' ? maxDepth : maxJsonValues * crowd }),
    );
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    return failed(new BackpackError('malformed-json', {}, cause));
  }
  const why = flawOf(value, members);
  return why === undefined ? ok(value) : failed(new BackpackError('malformed-json', { why }));
}

/**
 * Reads foreign JSON bytes (UTF-8, byte order mark tolerated) that must be an object.
 * Errors: `malformed-json`, `too-deep`, `too-many-values`.
 */
export function parseJsonObject(
  bytes: Uint8Array,
  maxDepth: number = maxJsonDepth,
  crowd = 1,
): Result<JsonObject> {
  const text = textOf(bytes);
  if (text === undefined) return failed(new BackpackError('malformed-json', { encoding: 'not utf-8' }));
  const parsed = parseJson(text, maxDepth, crowd);
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

type Seen = {
  readonly beyond?: 'too-deep' | 'too-many-values';
  /** how many names of members are written */
  readonly members: number;
};

/** What there is in a JSON text, found without reading its values; of what is no JSON it says anything. */
function scan(text: string, maxDepth: number, crowd: number): Seen {
  let [depth, containers, values, members] = [0, 0, 0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x3a) members += 1;
    else if (code === 0x2c) values += 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      containers += 1;
      if (depth > maxDepth) return { beyond: 'too-deep', members };
    } else if (code === 0x7d || code === 0x5d) depth = Math.max(depth - 1, 0);
  }
  const isCrowd = containers > maxJsonContainers * crowd || values + containers > maxJsonValues * crowd;
  return isCrowd ? { beyond: 'too-many-values', members } : { members };
}

/** What speaks against a value, of whose names `members` were written. Source: RFC 8259 §4 (names should be unique). */
function flawOf(value: Json, members: number): string | undefined {
  let [names, isAllowed] = [0, true];
  const visit = (inner: Json | undefined): void => {
    if (Array.isArray(inner)) for (const entry of inner as readonly Json[]) visit(entry);
    else if (isJsonObject(inner))
      // A list of the names would be most of what reading leaves to be cleared away.
      for (const name in inner) {
        names += 1;
        if (forbiddenKeys.has(name)) isAllowed = false;
        visit(inner[name]);
      }
    // `1e999` reads as infinity, which is written `null`: one signature would be good for both.
    else if (typeof inner === 'number' && !Number.isFinite(inner)) isAllowed = false;
  };
  visit(value);
  // Readers differ in which of two equal names counts, so that one text could mean two things (threat T41).
  if (names < members) return 'a name occurs twice';
  return isAllowed ? undefined : 'a name or number that is not allowed';
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
