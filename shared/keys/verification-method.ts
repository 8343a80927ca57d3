import { type Instant, millisecondsOf } from '../model/brands.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { parseZonedTime } from '../model/time.ts';
import type { FoundKey, KeyAnswer, KeyRequest } from './key-source.ts';
import { keyOfMethod } from './method-key.ts';
import { isSameKey, mayVerify } from './public-jwk.ts';

/** Most verification methods of one document that are looked at. */
const maxMethods = 200;

export type FoundMethod = {
  readonly method: JsonObject;
  /** false as well for a key that was taken back or whose end has come */
  readonly authorised: boolean;
  readonly ended?: NonNullable<FoundKey['ended']>;
};

/** The relation by which a controller document lists its keys for a purpose. Source: Controlled Identifiers §2.3. */
export type Relation = 'assertionMethod' | 'authentication';

/** A presentation is signed to show who holds it; everything else here is an assertion. Source: DI §Proof Purposes. */
export function relationOf(use: KeyRequest['use']): Relation {
  return use === 'presentation' ? 'authentication' : 'assertionMethod';
}

/**
 * The method of a controller document (a DID document, or one at an address) with this id, and whether the document
 * lists it under the relation. Ids may be written whole or as `#fragment`. `ambiguous`: the id stands for two keys.
 * Source: DI §Retrieve Verification Method.
 */
export async function methodOf(
  document: JsonObject,
  documentId: string,
  id: string,
  relation: Relation,
  now: Instant,
): Promise<FoundMethod | 'ambiguous' | undefined> {
  const listed = listOf(document[relation]).slice(0, maxMethods);
  const all = [...listOf(document['verificationMethod']).slice(0, maxMethods), ...listed];
  const named = all.filter(isJsonObject).filter((entry) => isId(entry['id'], documentId, id));
  const method = named.length > 1 ? await oneOf(named) : named[0];
  if (method === undefined || method === 'ambiguous') return method;
  const isListed = listed.some((entry) => isId(isJsonObject(entry) ? entry['id'] : entry, documentId, id));
  const jwk = method['publicKeyJwk'];
  const authorised = isListed && (!isJsonObject(jwk) || mayVerify(jwk));
  const ended = named.map((entry) => endOf(entry, now)).find((end) => end !== undefined);
  return ended === undefined ? { method, authorised } : { method, authorised: false, ended };
}

/** What is answered for an id that stands for two keys. */
export const ambiguousMethod: KeyAnswer = {
  found: false,
  code: 'bad-value',
  facts: { field: 'verificationMethod' },
  asks: 'invalid',
};

/**
 * Readers differ in which of two methods with one id counts, so that one badge could be good here and bad there. The
 * same key may stand in several forms, and beside a kind that nobody here reads.
 */
async function oneOf(named: readonly JsonObject[]): Promise<JsonObject | 'ambiguous' | undefined> {
  const keys = await Promise.all(named.map(keyOfMethod));
  const readable = named.flatMap((method, index) => {
    const key = keys[index];
    return key?.ok === true ? [{ method, jwk: key.jwk }] : [];
  });
  const [first, ...others] = readable;
  if (first === undefined) return named[0];
  return others.every(({ jwk }) => isSameKey(jwk, first.jwk)) ? first.method : 'ambiguous';
}

/** Whether a method says that it is over; a time that cannot be read is over. Source: Controlled Identifiers §2.2. */
export function endOf(method: JsonObject, now: Instant): FoundKey['ended'] {
  for (const [name, code] of [
    ['revoked', 'key-revoked'],
    ['expires', 'key-expired'],
  ] as const) {
    const value = method[name];
    if (value === undefined || value === null || value === false) continue;
    const at = typeof value === 'string' ? parseZonedTime(value) : undefined;
    if (at === undefined || millisecondsOf(at) <= millisecondsOf(now))
      return { code, at: at ?? String(value).slice(0, 40) };
  }
  return undefined;
}

/** Every key that the document lists under the relation and has not ended, for finding one by its value. */
export async function listedKeysOf(
  document: JsonObject,
  documentId: string,
  relation: Relation,
  now: Instant,
): Promise<readonly JsonWebKey[]> {
  const ids = listOf(document[relation])
    .slice(0, maxMethods)
    .flatMap((entry) => stringOf(isJsonObject(entry) ? entry['id'] : entry) ?? [])
    .map((id) => wholeId(documentId, id));
  const keys = [...new Set(ids)].map(async (id) => {
    const found = await methodOf(document, documentId, id, relation, now);
    return found === undefined || found === 'ambiguous' || !found.authorised
      ? undefined
      : keyOfMethod(found.method);
  });
  return (await Promise.all(keys)).flatMap((key) => (key?.ok === true ? [key.jwk] : []));
}

const keyMembers = [
  'keys',
  'kty',
  'verificationMethod',
  'assertionMethod',
  'authentication',
  'publicKeyMultibase',
  'publicKeyJwk',
];

/** True for a document that speaks of keys at all; a plain profile says nothing for or against one. */
export function holdsKeys(document: JsonObject): boolean {
  return keyMembers.some((name) => name in document);
}

function isId(value: Json | undefined, documentId: string, id: string): boolean {
  return typeof value === 'string' && wholeId(documentId, value) === id;
}

function wholeId(documentId: string, id: string): string {
  return id.startsWith('#') ? `${documentId}${id}` : id;
}
