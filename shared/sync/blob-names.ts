import type { Sha256 } from '../model/brands.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { BlobName } from './blobs.ts';
import type { Doc } from './doc.ts';
import { isBase64UrlOf } from './shapes.ts';

/**
 * The bytes that a document rests on: whatever its fields hold that has a `hash` and a `length`, at any depth. Told by
 * form and not by field, so that an older version never deletes what a field it does not know still names.
 */
export function blobNamesOf(doc: Doc): readonly BlobName[] {
  const names = new Map<Sha256, BlobName>();
  for (const [value] of Object.values(doc.f)) collect(value, names);
  return [...names.values()];
}

function collect(value: Json, names: Map<Sha256, BlobName>): void {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) collect(item, names);
  if (!isJsonObject(value)) return;
  const { hash, length } = value;
  if (isHash(hash) && typeof length === 'number' && Number.isSafeInteger(length) && length >= 0)
    names.set(hash, { hash, length });
  for (const item of Object.values(value)) collect(item, names);
}

function isHash(value: Json | undefined): value is Sha256 {
  return isBase64UrlOf(value, 32);
}
