import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type Json, type JsonObject, parseJsonObject } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { isStamp, laterStamp, type Stamp } from './stamp.ts';

export const docKinds = ['badge', 'collection', 'offer', 'settings', 'device', 'email', 'sent'] as const;
export type DocKind = (typeof docKinds)[number];

/**
 * A document's name among the learner's devices: its kind, a bar, and what tells it from others of the kind; for a badge
 * the hash of its original bytes, so that the same badge taken in twice is one document. The server never sees it:
 * a record is named by an HMAC of it (design §4).
 */
export type DocId = `${DocKind}|${string}`;

/** One field: its value, and when it was set. */
export type Field = readonly [value: Json, stamp: Stamp];

/**
 * What the learner's devices keep in common, as one record each (design §4).
 * `t` is the kind, `v` the version of its form, `w`: everything up to this stamp is wiped. The document exists while it
 * has the field `made`. Fields that this version does not know are kept as they are, and so is what a later version
 * has beside these members (`unknownOf`).
 */
export type Doc = {
  readonly id: DocId;
  readonly t: DocKind;
  readonly v: number;
  readonly w: Stamp | '';
  readonly f: Readonly<Record<string, Field>>;
};

/** The version of every kind's form that this code writes. What is newer is shown, and never rewritten. */
export const docVersion = 1;

/** Kinds of later versions too: they are kept and merged like any other, though nobody here knows what they are. */
const docIdForm = /^[a-z][a-z0-9-]{0,31}\|[A-Za-z0-9_-]{1,64}$/;

/** True for a well-formed document id. */
export function isDocId(value: unknown): value is DocId {
  return typeof value === 'string' && docIdForm.test(value);
}

/** A document without any field. */
export function emptyDoc(id: DocId): Doc {
  return { id, t: kindOf(id), v: docVersion, w: '', f: {} };
}

/** True while the document is there: it has been made, and not wiped since. */
export function exists(doc: Doc): boolean {
  return doc.f['made'] !== undefined;
}

/** The value of a field, `undefined` when it was never set or is wiped. */
export function fieldOf(doc: Doc, name: string): Json | undefined {
  return doc.f[name]?.[0];
}

/** The document with fields set at `stamp`. Others stay. */
export function withFields(doc: Doc, fields: JsonObject, stamp: Stamp): Doc {
  const set = Object.entries(fields).map(([name, value]): [string, Field] => [name, [value, stamp]]);
  return { ...doc, f: { ...doc.f, ...Object.fromEntries(set) } };
}

/** The document with everything up to `stamp` erased, for good and on every device (design §6). */
export function wiped(doc: Doc, stamp: Stamp): Doc {
  return { ...doc, w: stamp, f: {} };
}

/** The latest stamp in it; `''` for an empty one. */
export function newestStampOf(doc: Doc): Stamp | '' {
  return Object.values(doc.f).reduce<Stamp | ''>((newest, [, stamp]) => laterStamp(newest, stamp), doc.w);
}

/** Reads a document that another device has sealed. Errors: `malformed-json`, `too-deep`. */
export function parseDoc(bytes: Uint8Array): Result<Doc> {
  // Badges nest deeply by themselves and stand some levels down in their document.
  const json = parseJsonObject(bytes, maxDocDepth);
  if (!json.ok) return json;
  const { id, t, v, w, f, ...rest } = json.value;
  if (!isDocId(id) || t !== kindOf(id)) return malformed('id');
  if (typeof v !== 'number' || !Number.isSafeInteger(v) || v < 1) return malformed('v');
  if (v <= docVersion && Object.keys(rest).length > 0) return malformed('v');
  if (w !== '' && !isStamp(w)) return malformed('w');
  if (!isJsonObject(f) || !hasFields(f)) return malformed('f');
  return ok({ ...rest, id, t: kindOf(id), v, w, f });
}

/** What a document of a later version has beside the members that this one knows. */
export function unknownOf(doc: Doc): JsonObject {
  const { id, t, v, w, f, ...unknown } = doc as Doc & JsonObject;
  return unknown;
}

function hasFields(f: JsonObject): f is Record<string, Field & Json> {
  return Object.values(f).every(
    (field) => Array.isArray(field) && field.length === 2 && isStamp(field[1] as Json),
  );
}

function kindOf(id: DocId): DocKind {
  return id.slice(0, id.indexOf('|')) as DocKind;
}

function malformed(member: string): Result<never> {
  return failed(new BackpackError('malformed-json', { member }));
}

const maxDocDepth = 40;
