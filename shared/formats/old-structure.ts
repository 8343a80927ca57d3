import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { Weight } from './ob-2-classes.ts';
import type { StructureFinding } from './ob-2-structure.ts';
import type { Judgement } from './old-values.ts';

/** One property of an object of 0.5 or 1.x. */
export type OldField = {
  readonly name: string;
  /** another name under which it occurs */
  readonly alias?: string;
  /** what its absence weighs; left out when it may be absent. A `null` is an absence. */
  readonly required?: Weight;
} & (
  | { readonly judge: (value: Json) => Judgement }
  /** the properties of an object that must stand here */
  | { readonly fields: readonly OldField[] }
  /** the properties of each object of a list */
  | { readonly entries: readonly OldField[] }
);

/** Most entries of one list that are looked at. */
const maxEntries = 1000;
/** Most findings of one document. */
const maxFindings = 50;

/** Judges an object by its fields; unknown ones are allowed. Source: OB 1.1 §Additional Properties. */
export function judgeFields(object: JsonObject, fields: readonly OldField[], path = ''): StructureFinding[] {
  const findings = fields.flatMap((field) => judgeField(object, field, path));
  // What cannot be read must not be lost behind many slips.
  const broken = findings.filter(({ weight }) => weight === 'broken');
  return [...broken, ...findings.filter(({ weight }) => weight === 'loose')].slice(0, maxFindings);
}

/** The value of a field under its name or its alias; `null` reads as absent. */
export function fieldOf(object: JsonObject, name: string, alias?: string): Json | undefined {
  return object[name] ?? (alias === undefined ? undefined : object[alias]) ?? undefined;
}

function judgeField(object: JsonObject, field: OldField, path: string): readonly StructureFinding[] {
  const value = fieldOf(object, field.name, field.alias);
  const name = `${path}${field.name}`;
  if (value === undefined)
    return field.required === undefined
      ? []
      : [{ weight: field.required, code: 'missing-field', field: name }];
  if ('judge' in field) {
    const judgement = field.judge(value);
    if (judgement === 'good') return [];
    return [{ weight: judgement, code: judgement === 'broken' ? 'bad-value' : 'field-loose', field: name }];
  }
  const bad: StructureFinding = { weight: 'broken', code: 'bad-value', field: name };
  if ('fields' in field) return isJsonObject(value) ? judgeFields(value, field.fields, `${name}.`) : [bad];
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (list.length > maxEntries || !list.every(isJsonObject)) return [bad];
  const single: readonly StructureFinding[] = Array.isArray(value)
    ? []
    : [{ weight: 'loose', code: 'field-loose', field: name }];
  return [...single, ...list.flatMap((entry) => judgeFields(entry, field.entries, `${name}.`))];
}
