import { answeringHost } from '../model/answering-host.ts';
import type { Instant } from '../model/brands.ts';
import { hasType, isJsonObject, type JsonObject, listOf, parseJsonObject, stringOf } from '../model/json.ts';
import type { FoundKey, KeyAnswer, KeySource } from './key-source.ts';
import { keyOfMethod } from './method-key.ts';
import { parseMultikey } from './multikey.ts';
import { isSameKey, mayVerify, parsePublicJwk } from './public-jwk.ts';
import {
  ambiguousMethod,
  endOf,
  type FoundMethod,
  holdsKeys,
  methodOf,
  type Relation,
  relationOf,
} from './verification-method.ts';

const accept = 'application/json, application/jwk-set+json, application/ld+json;q=0.9, */*;q=0.1';
/** Most keys of one set that are looked at. */
const maxKeys = 200;

/**
 * Keys at a web address: a controller document, a set of keys (JWKS), a key alone, or one verification method.
 *
 * Where nobody serves the address and its fragment is itself a key, that key is used as `decoded`: a signature can
 * then be checked, but anybody could have written that address, so it never confirms an issuer (conformance rule 8).
 * Source: OB 3.0 §joseheader (`kid`); DI §Retrieve Verification Method; RFC 7517 §5.
 */
export const webDocument: KeySource = {
  name: 'web-document',
  recognises: ({ reference, use }) =>
    (use === 'credential' || use === 'presentation') && /^https?:\/\//i.test(reference),
  find: async ({ reference, use }, session) => {
    const [address = '', fragment] = reference.split('#');
    const answer = await session.read(address, accept);
    if (!answer.ok || answer.value.status !== 200) return decodedKey(reference, fragment, address);
    const document = parseJsonObject(answer.value.bytes);
    // A page that answers in place of a key document says as little as none.
    if (!document.ok) return decodedKey(reference, fragment, address, 'document-not-json');
    // A profile that speaks of no key at all says nothing for or against this one.
    if (!holdsKeys(document.value)) return decodedKey(reference, fragment, address, 'key-not-listed');
    const host = answeringHost(answer.value);
    // What came by way of another host is that host's word, and no more than the key alone would be.
    if (host === undefined) return decodedKey(reference, fragment, address);
    const relation = relationOf(use);
    return keyIn(document.value, { reference, address, fragment, host, relation, now: session.now });
  },
};

/** What was asked for, and who answered. */
type Question = {
  readonly reference: string;
  readonly address: string;
  readonly fragment: string | undefined;
  readonly host: NonNullable<FoundKey['host']>;
  readonly relation: Relation;
  readonly now: Instant;
};

async function keyIn(document: JsonObject, question: Question): Promise<KeyAnswer> {
  const { reference, address, relation, now } = question;
  if (Array.isArray(document['keys'])) return keyInSet(document, question);
  if (document['kty'] !== undefined) return jwkAnswer(document, question);
  const documentId = stringOf(document['id']) ?? address;
  const found = await methodOf(document, documentId, reference, relation, now);
  if (found === 'ambiguous') return ambiguousMethod;
  if (found !== undefined) {
    const controller = stringOf(found.method['controller']);
    // A document may speak for itself alone: a method that names another controller is that one's to confirm.
    const own = documentId === address && (controller === undefined || controller === documentId);
    return methodAnswer(found, own ? address : controller, question, document);
  }
  if (
    isMethod(document) &&
    (document['id'] === reference || document['id'] === address || !('id' in document))
  ) {
    const ended = endOf(document, now);
    const alone = { method: document, authorised: ended === undefined, ...(ended && { ended }) };
    return methodAnswer(alone, stringOf(document['controller']), question, document);
  }
  return { found: false, code: 'key-not-listed', facts: factsOf(address), asks: 'invalid' };
}

function keyInSet(document: JsonObject, question: Question): KeyAnswer {
  const { reference, address, fragment } = question;
  const keys = listOf(document['keys']).slice(0, maxKeys).filter(isJsonObject);
  const named = keys.filter(({ kid }) => kid === reference || (fragment !== undefined && kid === fragment));
  const usable = named.filter(mayVerify);
  const key = usable[0] ?? named[0] ?? (fragment === undefined && keys.length === 1 ? keys[0] : undefined);
  if (key === undefined)
    return { found: false, code: 'key-not-listed', facts: factsOf(address), asks: 'invalid' };
  // One name for two keys: readers differ in which of them counts, so that one token could be good here and bad there.
  const isAmbiguous = usable.some((other) => !isSameKey(other, key));
  return isAmbiguous
    ? { found: false, code: 'bad-value', facts: { field: 'kid' }, asks: 'invalid' }
    : jwkAnswer(key, question);
}

function jwkAnswer(key: JsonObject, { reference, host }: Question): KeyAnswer {
  const parsed = parsePublicJwk(key);
  if (!parsed.ok)
    return parsed.why === 'unsupported'
      ? {
          found: false,
          code: 'key-kind-not-supported',
          facts: { kind: parsed.kind ?? '' },
          asks: 'unsupported',
        }
      : { found: false, code: 'bad-value', facts: { field: 'jwk' }, asks: 'invalid' };
  const authorised = mayVerify(key);
  return { found: true, key: { jwk: parsed.jwk, id: reference, authorised, host, certainty: 'document' } };
}

async function methodAnswer(
  { method, authorised, ended }: FoundMethod,
  controller: string | undefined,
  { reference, host }: Question,
  document: JsonObject,
): Promise<KeyAnswer> {
  const key = await keyOfMethod(method);
  if (!key.ok) return key.answer;
  return {
    found: true,
    key: {
      jwk: key.jwk,
      id: reference,
      ...(controller === undefined ? {} : { controller }),
      authorised,
      ...(ended === undefined ? {} : { ended }),
      host,
      certainty: 'document',
      document,
    },
  };
}

function isMethod(document: JsonObject): boolean {
  return (
    'publicKeyMultibase' in document ||
    'publicKeyJwk' in document ||
    'publicKeyPem' in document ||
    hasType(document, 'Ed25519VerificationKey2018')
  );
}

function decodedKey(
  reference: string,
  fragment: string | undefined,
  address: string,
  code: 'document-unreachable' | 'document-not-json' | 'key-not-listed' = 'document-unreachable',
): KeyAnswer {
  const key = fragment?.startsWith('z') === true ? parseMultikey(fragment) : undefined;
  return key?.ok === true
    ? { found: true, key: { jwk: key.jwk, id: reference, authorised: true, certainty: 'decoded' } }
    : {
        found: false,
        code,
        facts: factsOf(address),
        asks: code === 'key-not-listed' ? 'invalid' : 'unreachable',
      };
}

function factsOf(address: string): { readonly host: string; readonly address: string } {
  return { host: URL.canParse(address) ? new URL(address).host : '', address: address.slice(0, 500) };
}
