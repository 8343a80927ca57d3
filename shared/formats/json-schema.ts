import { type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import { fitSchema } from './schema-limits.ts';

/**
 * Paths at which a value breaks a schema (JSON pointers). `isWhole` is false when a part of the schema was not asked,
 * because it brings work of its own: then nothing broken says little. `cannot-judge`: the schema is none, asks for
 * another document, or for more work than a check may take.
 */
export type SchemaAnswer =
  | { readonly kind: 'judged'; readonly broken: readonly string[]; readonly isWhole: boolean }
  | { readonly kind: 'cannot-judge' };

/** Most paths that are told. */
const maxBroken = 20;
/** Where a schema without an address of its own stands; nothing is ever read from there. */
const nowhere = 'https://schema.invalid/';

/**
 * Judges a value by a JSON schema of draft 4, 7, 2019-09 or 2020-12. The schema is a stranger's: what it could make a
 * reader do without end is taken out or refused before it is used (threat T51), and no other document is ever read.
 * Source: JSON Schema validation §6; OB 2.0 §Extension Validation; OB 3.0 §credentialSchema.
 */
export function judgeBySchema(value: Json, schema: Json): SchemaAnswer {
  if (schema === true) return { kind: 'judged', broken: [], isWhole: true };
  if (!isJsonObject(schema)) return { kind: 'cannot-judge' };
  const fitted = fitSchema(schema, value);
  if (fitted === undefined) return { kind: 'cannot-judge' };
  try {
    const validator = new Validator(absolute(fitted.schema) as Schema, draftOf(schema), false);
    const { valid, errors } = validator.validate(value);
    const broken = errors.map(({ instanceLocation }) => instanceLocation.replace(/^#/, ''));
    // The library tells every level above a slip as well: the deepest say what is wrong.
    const deepest = broken.filter((path) => !broken.some((other) => other.startsWith(`${path}/`)));
    return {
      kind: 'judged',
      broken: valid ? [] : [...new Set(deepest)].slice(0, maxBroken),
      isWhole: fitted.isWhole,
    };
  } catch {
    // A reference that leads nowhere here, or a word that is not of the kind it must be.
    return { kind: 'cannot-judge' };
  }
}

/** A fresh copy, since the library writes into what it is given, with an address, since it would ask the page's. */
function absolute(schema: JsonObject): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(schema));
  return { ...(copy as object), $id: nowhere };
}

function draftOf(schema: JsonObject): SchemaDraft {
  const named = String(listOf(schema['$schema'])[0] ?? '');
  if (/draft-0?4/.test(named)) return '4';
  if (/draft-0?[67]/.test(named)) return '7';
  return /2020-12/.test(named) ? '2020-12' : '2019-09';
}
