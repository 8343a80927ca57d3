import { hasType, isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { KeyAnswer } from './key-source.ts';
import { bytesOfBase58, ed25519JwkOf, parseMultikey } from './multikey.ts';
import { parsePublicJwk } from './public-jwk.ts';

/** Most verification methods of one document that are looked at. */
const maxMethods = 200;

/** A key out of one method, or why there is none. */
export type MethodKey =
  | { readonly ok: true; readonly jwk: JsonWebKey }
  | { readonly ok: false; readonly answer: Extract<KeyAnswer, { found: false }> };

/**
 * The key that a verification method holds, in any of the forms that are in use: Multikey,
 * Ed25519VerificationKey2020 and 2018, JsonWebKey and JsonWebKey2020. Source: Controlled Identifiers §2.2.
 */
export function keyOfMethod(method: JsonObject): MethodKey {
  const type = listOf(method['type']).find((entry) => typeof entry === 'string');
  const multibase = stringOf(method['publicKeyMultibase']);
  if (multibase !== undefined) {
    const key = parseMultikey(multibase);
    if (!key.ok) return refused(key.why, key.kind ?? String(type ?? 'publicKeyMultibase'));
    // A suite's own key type says its curve; another curve below that name is a mistake or a trick.
    if (hasType(method, 'Ed25519VerificationKey2020') && key.curve !== 'Ed25519')
      return refused('malformed', 'Ed25519VerificationKey2020');
    return { ok: true, jwk: key.jwk };
  }
  if (method['publicKeyJwk'] !== undefined) {
    const key = parsePublicJwk(method['publicKeyJwk']);
    return key.ok ? key : refused(key.why, key.kind ?? String(type ?? 'publicKeyJwk'));
  }
  const base58 = stringOf(method['publicKeyBase58']);
  if (base58 !== undefined && hasType(method, 'Ed25519VerificationKey2018')) {
    const raw = bytesOfBase58(base58);
    const jwk = raw === undefined ? undefined : ed25519JwkOf(raw);
    return jwk === undefined ? refused('malformed', 'Ed25519VerificationKey2018') : { ok: true, jwk };
  }
  return refused('unsupported', String(type ?? 'unnamed').slice(0, 60));
}

export type FoundMethod = { readonly method: JsonObject; readonly authorised: boolean };

/**
 * The method of a controller document (a DID document, or one at an address) with this id, and whether the document
 * lists it for assertions. Ids may be written whole or as `#fragment`. Source: DI §Retrieve Verification Method.
 */
export function methodOf(document: JsonObject, documentId: string, id: string): FoundMethod | undefined {
  const listed = listOf(document['assertionMethod']).slice(0, maxMethods);
  const all = [...listOf(document['verificationMethod']).slice(0, maxMethods), ...listed];
  const method = all.filter(isJsonObject).find((entry) => isId(entry['id'], documentId, id));
  if (method === undefined) return undefined;
  const authorised = listed.some((entry) => isId(isJsonObject(entry) ? entry['id'] : entry, documentId, id));
  return { method, authorised };
}

/** Every key that the document lists for assertions, for finding one by its value. */
export function assertionKeysOf(document: JsonObject, documentId: string): readonly JsonWebKey[] {
  return listOf(document['assertionMethod'])
    .slice(0, maxMethods)
    .flatMap((entry) => {
      const id = isJsonObject(entry) ? stringOf(entry['id']) : stringOf(entry);
      const found = id === undefined ? undefined : methodOf(document, documentId, wholeId(documentId, id));
      const key = found === undefined ? undefined : keyOfMethod(found.method);
      return key?.ok === true ? [key.jwk] : [];
    });
}

/** True for a document that speaks of keys at all; a plain profile says nothing for or against one. */
export function holdsKeys(document: JsonObject): boolean {
  return ['keys', 'kty', 'verificationMethod', 'assertionMethod', 'publicKeyMultibase', 'publicKeyJwk'].some(
    (name) => name in document,
  );
}

function isId(value: Json | undefined, documentId: string, id: string): boolean {
  return typeof value === 'string' && wholeId(documentId, value) === id;
}

function wholeId(documentId: string, id: string): string {
  return id.startsWith('#') ? `${documentId}${id}` : id;
}

function refused(why: 'secret' | 'unsupported' | 'malformed', kind: string): MethodKey {
  return why === 'unsupported'
    ? {
        ok: false,
        answer: { found: false, code: 'key-kind-not-supported', facts: { kind }, asks: 'unsupported' },
      }
    : {
        ok: false,
        answer: { found: false, code: 'bad-value', facts: { field: kind }, asks: 'invalid' },
      };
}
