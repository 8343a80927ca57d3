import { hostOf } from '../model/host-of.ts';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  listOf,
  parseJsonObject,
  stringOf,
} from '../model/json.ts';
import type { KeyAnswer, KeySource } from './key-source.ts';
import { jwkOfPem } from './pem.ts';

/**
 * A CryptographicKey document of 2.0: a PEM with its owner. That the owner lists it in return is for the proof to
 * ask. Source: OB 2.0 §CryptographicKey.
 */
export const cryptographicKey: KeySource = {
  name: 'cryptographic-key',
  recognises: ({ reference, use }) => use === 'assertion' && /^https?:/i.test(reference),
  find: async ({ reference }, session) => {
    const answer = await session.read(reference);
    const facts = { host: hostOf(reference) };
    if (!answer.ok || answer.value.status !== 200)
      return { found: false, code: 'document-unreachable', facts, asks: 'unreachable' };
    const parsed = parseJsonObject(answer.value.bytes);
    if (!parsed.ok) return { found: false, code: 'document-not-json', facts, asks: 'malformed' };
    const document = keyWithin(parsed.value, reference);
    const read = await readCryptographicKey(document, reference);
    if (!read.found) return read;
    const final = new URL(answer.value.url);
    const asked = new URL(answer.value.requested);
    const encrypted = final.protocol === 'https:' && asked.protocol === 'https:';
    // The address is what the issuer lists; an id inside could be any stranger's (threat T41).
    return { found: true, key: { ...read.key, id: reference, host: { host: asked.host, encrypted } } };
  },
};

/** Reads a key document, fetched or embedded in a profile. `reference`: its id when it says none. */
export async function readCryptographicKey(document: JsonObject, reference: string): Promise<KeyAnswer> {
  const pem = onlyTextOf(document['publicKeyPem']);
  if (pem === undefined)
    return { found: false, code: 'missing-field', facts: { field: 'publicKeyPem' }, asks: 'malformed' };
  const jwk = await jwkOfPem(pem);
  if (!jwk.ok)
    return {
      found: false,
      code: jwk.error,
      facts: { field: 'publicKeyPem', kind: 'PEM' },
      asks: jwk.error === 'bad-value' ? 'malformed' : 'unsupported',
    };
  const owner = onlyTextOf(document['owner']);
  return {
    found: true,
    key: {
      jwk: jwk.value,
      id: stringOf(document['id'] ?? document['@id']) ?? reference,
      ...(owner === undefined ? {} : { controller: owner }),
      authorised: true,
      certainty: 'document',
      document,
    },
  };
}

/** A reference with a fragment may name one of the keys inside the issuer's own profile. */
function keyWithin(document: JsonObject, reference: string): JsonObject {
  if (onlyTextOf(document['publicKeyPem']) !== undefined) return document;
  const inner = listOf(document['publicKey']).find(
    (key) => isJsonObject(key) && (key['id'] ?? key['@id']) === reference,
  );
  return isJsonObject(inner) ? inner : document;
}

/** JSON-LD writes one value by itself, in a list of one, as a value object, or as a link. */
export function onlyTextOf(value: Json | undefined): string | undefined {
  const [only, ...others] = listOf(value);
  if (others.length > 0) return undefined;
  return isJsonObject(only) ? stringOf(only['@value'] ?? only['id'] ?? only['@id']) : stringOf(only);
}
