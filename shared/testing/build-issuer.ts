import type { JsonObject } from '../model/json.ts';
import { type Documents, servedJson } from './documents.ts';
import { createKey, type KeyAlgorithm, pemOf, type SigningKey, tokenPart } from './signing-keys.ts';

/**
 * Where the issuer's key is found. `controller`: an https issuer document that lists it (3.0); `jwks`: a key set of
 * the same host; `jwk`: an address that answers with the key alone; `cryptographic-key`: a key document of 2.0.
 */
export type KeyPlace =
  | 'did:key'
  | 'did:jwk'
  | 'did:web'
  | 'controller'
  | 'jwks'
  | 'jwk'
  | 'cryptographic-key';

export type IssuerWish = {
  /** scheme, host and port; default `https://academy.example` */
  readonly origin?: string;
  readonly name?: string;
  readonly keyPlace?: KeyPlace;
  readonly algorithm?: KeyAlgorithm;
  /** default: a fresh one */
  readonly key?: SigningKey;
  /** for what its own document lists the key; a holder's is for authentication */
  readonly relation?: 'assertionMethod' | 'authentication';
  /** more fields of the issuer's own document */
  readonly extra?: JsonObject;
};

export type BuiltIssuer = {
  readonly origin: string;
  readonly name: string;
  /** what badges name as their issuer: address or DID */
  readonly id: string;
  readonly keyPlace: KeyPlace;
  /** `kid`, `creator` or `verificationMethod` of what it signs */
  readonly keyId: string;
  readonly key: SigningKey;
  readonly documents: Documents;
};

/** Builds an issuer with a real key and every document that it has to serve. */
export async function buildIssuer(wish: IssuerWish = {}): Promise<BuiltIssuer> {
  const origin = wish.origin ?? 'https://academy.example';
  const keyPlace = wish.keyPlace ?? 'did:key';
  const key = wish.key ?? (await createKey(wish.algorithm ?? 'EdDSA'));
  const name = wish.name ?? 'School of Webcraft';
  const { id, keyId } = namesOf(keyPlace, origin, key);
  const relation = wish.relation ?? 'assertionMethod';
  const place = { origin, name, id, keyId, key, relation, extra: wish.extra ?? {} };
  return { origin, name, id, keyPlace, keyId, key, documents: new Map(documentsOf[keyPlace](place)) };
}

function namesOf(place: KeyPlace, origin: string, key: SigningKey): { id: string; keyId: string } {
  const address = `${origin}/issuer`;
  switch (place) {
    case 'did:key': {
      if (key.multikey === undefined) throw new Error('An RSA key has no did:key here');
      return { id: `did:key:${key.multikey}`, keyId: `did:key:${key.multikey}#${key.multikey}` };
    }
    case 'did:jwk': {
      const did = `did:jwk:${tokenPart(key.publicJwk)}`;
      return { id: did, keyId: `${did}#0` };
    }
    case 'did:web': {
      const did = `did:web:${new URL(origin).host.replace(':', '%3A')}`;
      return { id: did, keyId: `${did}#key-1` };
    }
    case 'controller':
      return { id: address, keyId: `${address}#key-1` };
    case 'jwks':
      return { id: address, keyId: `${origin}/.well-known/jwks.json#key-1` };
    case 'jwk':
    case 'cryptographic-key':
      return { id: address, keyId: `${origin}/keys/1` };
  }
}

type Place = {
  readonly origin: string;
  readonly name: string;
  readonly id: string;
  readonly keyId: string;
  readonly key: SigningKey;
  readonly relation: 'assertionMethod' | 'authentication';
  readonly extra: JsonObject;
};
type Entries = readonly (readonly [string, ReturnType<typeof servedJson>])[];

const documentsOf: Readonly<Record<KeyPlace, (place: Place) => Entries>> = {
  'did:key': () => [],
  'did:jwk': () => [],
  'did:web': (place) => [
    [`${place.origin}/.well-known/did.json`, servedJson(controllerDocumentOf(place), 'application/did+json')],
  ],
  controller: (place) => [[place.id, servedJson({ ...profileOf(place), ...controllerDocumentOf(place) })]],
  jwks: (place) => [
    [place.id, servedJson(profileOf(place))],
    [
      `${place.origin}/.well-known/jwks.json`,
      servedJson({ keys: [{ ...place.key.publicJwk, kid: 'key-1' }] }, 'application/jwk-set+json'),
    ],
  ],
  jwk: (place) => [
    [place.id, servedJson(profileOf(place))],
    [place.keyId, servedJson(place.key.publicJwk, 'application/jwk+json')],
  ],
  'cryptographic-key': (place) => [
    [place.id, servedJson(openBadges2Profile(place))],
    [place.keyId, servedJson(cryptographicKeyOf(place))],
  ],
};

/** A DID document, or the https document that plays its part. */
function controllerDocumentOf({ id, keyId, key, relation }: Place): JsonObject {
  const multikey = key.multikey;
  const method: JsonObject =
    multikey === undefined
      ? { id: keyId, type: 'JsonWebKey', controller: id, publicKeyJwk: key.publicJwk }
      : { id: keyId, type: 'Multikey', controller: id, publicKeyMultibase: multikey };
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: [method],
    [relation]: [keyId],
  };
}

function profileOf({ id, name, origin, extra }: Place): JsonObject {
  return { id, type: ['Profile'], name, url: origin, ...extra };
}

/** The issuer's document of 2.0. Its key is named there, so that key and owner name each other. */
export function openBadges2Profile(place: Omit<Place, 'key' | 'relation'>): JsonObject {
  return {
    '@context': 'https://w3id.org/openbadges/v2',
    id: place.id,
    type: 'Issuer',
    name: place.name,
    url: place.origin,
    email: `badges@${new URL(place.origin).hostname}`,
    publicKey: [place.keyId],
    ...place.extra,
  };
}

function cryptographicKeyOf({ id, keyId, key }: Place): JsonObject {
  return {
    '@context': 'https://w3id.org/openbadges/v2',
    id: keyId,
    type: 'CryptographicKey',
    owner: id,
    publicKeyPem: pemOf(key),
  };
}
