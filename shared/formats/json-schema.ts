import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import { parseZonedTime } from '../model/time.ts';
import { isEmail, isIri } from './values.ts';

/** Deepest nesting of schemas that is followed. */
const maxDepth = 16;

/** Paths at which a value breaks a schema; `cannot-judge` when the schema asks what is not known here. */
export type SchemaAnswer =
  | { readonly kind: 'judged'; readonly broken: readonly string[] }
  | { readonly kind: 'cannot-judge' };

/** Words that constrain a value. Others are remarks to a schema reader and may be left out. */
const known = new Set([
  ...['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'format'],
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'allOf', 'anyOf', 'oneOf'],
]);
const remarks = new Set([
  '$schema',
  'id',
  '$id',
  'title',
  'description',
  'default',
  'examples',
  '$comment',
  'definitions',
]);

/**
 * Judges a value by the part of JSON Schema (draft 4 to 2019-09) that the extensions of 2.0 use. Patterns are not
 * run: a stranger's regular expression can take for ever (threat T51). Source: JSON Schema validation §6.
 */
export function judgeBySchema(value: Json, schema: Json): SchemaAnswer {
  const broken: string[] = [];
  return judge(value, schema, '', broken, 0) ? { kind: 'judged', broken } : { kind: 'cannot-judge' };
}

/** False when the schema cannot be judged. */
function judge(value: Json, schema: Json, path: string, broken: string[], depth: number): boolean {
  if (typeof schema === 'boolean') {
    if (!schema) broken.push(path);
    return true;
  }
  if (!isJsonObject(schema) || depth > maxDepth) return false;
  if (Object.keys(schema).some((word) => !known.has(word) && !remarks.has(word))) return false;
  if (!isPlainFit(value, schema)) broken.push(path);
  return judgeParts(value, schema, path, broken, depth) && judgeChoices(value, schema, path, broken, depth);
}

function isPlainFit(value: Json, schema: JsonObject): boolean {
  const types = listOf(schema['type']);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return false;
  const choices = schema['enum'];
  if (Array.isArray(choices) && !choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value)))
    return false;
  if (schema['const'] !== undefined && JSON.stringify(schema['const']) !== JSON.stringify(value))
    return false;
  if (typeof value === 'string')
    return (
      isWithin(value.length, schema['minLength'], schema['maxLength']) && fitsFormat(value, schema['format'])
    );
  if (typeof value === 'number') return isWithin(value, schema['minimum'], schema['maximum']);
  return !Array.isArray(value) || isWithin(value.length, schema['minItems'], schema['maxItems']);
}

function judgeParts(value: Json, schema: JsonObject, path: string, broken: string[], depth: number): boolean {
  if (Array.isArray(value)) {
    const items = schema['items'];
    return (
      items === undefined ||
      value.every((entry: Json, index) => judge(entry, items, `${path}/${index}`, broken, depth + 1))
    );
  }
  if (!isJsonObject(value)) return true;
  for (const name of listOf(schema['required'])) {
    if (typeof name === 'string' && !Object.hasOwn(value, name)) broken.push(`${path}/${name}`);
  }
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(value).every(([name, part]) => {
    const inner = Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'];
    return inner === undefined || judge(part, inner, `${path}/${name}`, broken, depth + 1);
  });
}

function judgeChoices(
  value: Json,
  schema: JsonObject,
  path: string,
  broken: string[],
  depth: number,
): boolean {
  const fits = (choice: Json): boolean | undefined => {
    const inner: string[] = [];
    return judge(value, choice, path, inner, depth + 1) ? inner.length === 0 : undefined;
  };
  for (const word of ['allOf', 'anyOf', 'oneOf'] as const) {
    if (schema[word] === undefined) continue;
    const answers = listOf(schema[word]).map(fits);
    if (answers.includes(undefined)) return false;
    const good = answers.filter((answer) => answer === true).length;
    if (word === 'allOf' ? good < answers.length : word === 'anyOf' ? good === 0 : good !== 1)
      broken.push(path);
  }
  return true;
}

function isOfType(value: Json, type: Json): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonObject(value);
  if (type === 'null') return value === null;
  return typeof value === type;
}

function isWithin(size: number, least: Json | undefined, most: Json | undefined): boolean {
  return !(typeof least === 'number' && size < least) && !(typeof most === 'number' && size > most);
}

function fitsFormat(value: string, format: Json | undefined): boolean {
  if (format === 'uri') return isIri(value) || /^[a-z][a-z0-9+.-]*:\S+$/i.test(value);
  if (format === 'email') return isEmail(value);
  return format !== 'date-time' || parseZonedTime(value) !== undefined;
}
