import type { Sha256 } from '../model/brands.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Doc } from './doc.ts';
import { isBase64UrlOf } from './shapes.ts';

/**
 * The bytes that a document may rest on: every text in its fields, at any depth, that has the form of a hash. Told by
 * form and not by field, so that an older version never deletes what a field it does not know still names; a text that
 * only looks like one names nothing and costs a look.
 */
export function blobNamesOf(doc: Doc): readonly Sha256[] {
  const names = new Set<Sha256>();
  for (const [value] of Object.values(doc.f)) collect(value, names);
  return [...names];
}

function collect(value: Json, names: Set<Sha256>): void {
  if (isHash(value)) names.add(value);
  else if (Array.isArray(value)) for (const item of value as readonly Json[]) collect(item, names);
  else if (isJsonObject(value)) for (const item of Object.values(value)) collect(item, names);
}

function isHash(value: Json): value is Sha256 {
  return isBase64UrlOf(value, 32);
}
