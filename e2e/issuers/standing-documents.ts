import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../../shared/model/json.ts';
import { credentialContext, signEmbedded } from '../../shared/testing/sign-data-integrity.ts';
import { pemOf } from '../../shared/testing/signing-keys.ts';
import type { Served } from './awards.ts';
import { catalogue, type SchoolBadge } from './catalogue.ts';
import type { SchoolKeys } from './keys.ts';

export const openBadges2Context = 'https://w3id.org/openbadges/v2';
export const schoolName = 'School of Webcraft';

/** Addresses of everything that the school's badges rest on. */
export type Addresses = {
  readonly issuer2: string;
  readonly key2: string;
  readonly revocations: string;
  readonly issuer3: string;
  readonly key3: string;
  readonly keySet: string;
  readonly statusList: string;
  readonly classOf: (slug: string) => string;
};

export function addressesOf(origin: string): Addresses {
  return {
    issuer2: `${origin}/issuer`,
    key2: `${origin}/keys/1`,
    revocations: `${origin}/revoked`,
    issuer3: `${origin}/school`,
    key3: `${origin}/school#key-1`,
    keySet: `${origin}/.well-known/jwks.json`,
    statusList: `${origin}/status/1`,
    classOf: (slug) => `${origin}/classes/${slug}`,
  };
}

/** The one revoked 2.0 badge, and the bit of the one revoked credential. */
export const revokedAssertionId = 'urn:uuid:0b6f0f3e-5d0c-4f57-9c41-7a0f5a1f8d11';
export const revokedStatusIndex = 94;
export const goodStatusIndex = 42;
const statusListLength = 131_072;

/** The documents that stand whether badges are given or not, by path. */
export async function standingDocuments(
  origin: string,
  keys: SchoolKeys,
  now: string,
): Promise<ReadonlyMap<string, Served>> {
  const at = addressesOf(origin);
  const json = (address: string, document: JsonObject, mediaType = 'application/ld+json'): Served => ({
    path: new URL(address).pathname,
    mediaType,
    body: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
  });
  const list = await signEmbedded(statusList(at, now), {
    suite: 'eddsa-rdfc-2022',
    key: keys.school,
    verificationMethod: at.key3,
    created: now,
  });
  const documents = [
    json(at.issuer2, issuer2(origin, at)),
    json(at.key2, {
      '@context': openBadges2Context,
      id: at.key2,
      type: 'CryptographicKey',
      owner: at.issuer2,
      publicKeyPem: pemOf(keys.rs256),
    }),
    json(at.revocations, {
      '@context': openBadges2Context,
      id: at.revocations,
      type: 'RevocationList',
      issuer: at.issuer2,
      revokedAssertions: [{ id: revokedAssertionId, revocationReason: 'Given by mistake.' }],
    }),
    json(at.issuer3, issuer3(origin, at, keys)),
    json(at.keySet, keySet(keys), 'application/jwk-set+json'),
    json(at.statusList, list, 'application/vc'),
    ...catalogue.map((badge) => json(at.classOf(badge.slug), badgeClass(badge, origin, at))),
  ];
  return new Map(documents.map((served) => [served.path, served]));
}

function issuer2(origin: string, at: Addresses): JsonObject {
  return {
    '@context': openBadges2Context,
    id: at.issuer2,
    type: 'Issuer',
    name: schoolName,
    url: origin,
    email: 'badges@school.example',
    description: 'A practice school: learn the web by making it.',
    image: `${origin}/school.svg`,
    publicKey: [at.key2],
    revocationList: at.revocations,
  };
}

/** Profile and controller document in one: the school's own host says which key speaks for it. */
function issuer3(origin: string, at: Addresses, keys: SchoolKeys): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: at.issuer3,
    type: ['Profile'],
    name: schoolName,
    url: origin,
    verificationMethod: [
      {
        id: at.key3,
        type: 'Multikey',
        controller: at.issuer3,
        publicKeyMultibase: keys.school.multikey ?? '',
      },
    ],
    assertionMethod: [at.key3],
  };
}

function keySet(keys: SchoolKeys): JsonObject {
  return {
    keys: [
      { ...keys.es256.publicJwk, kid: 'es256', use: 'sig', alg: 'ES256' },
      { ...keys.rs256.publicJwk, kid: 'rs256', use: 'sig', alg: 'RS256' },
    ],
  };
}

function badgeClass(badge: SchoolBadge, origin: string, at: Addresses): JsonObject {
  return {
    '@context': openBadges2Context,
    id: at.classOf(badge.slug),
    type: 'BadgeClass',
    name: badge.name,
    description: badge.description,
    image: `${origin}/art/${badge.slug}.png`,
    criteria: { narrative: badge.criteria },
    tags: badge.tags,
    issuer: at.issuer2,
  };
}

function statusList(at: Addresses, now: string): JsonObject {
  const bits = new Uint8Array(statusListLength / 8);
  bits[revokedStatusIndex >> 3] = 0x80 >> (revokedStatusIndex & 7);
  return {
    '@context': [credentialContext],
    id: at.statusList,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: at.issuer3,
    validFrom: now,
    credentialSubject: {
      id: `${at.statusList}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${gzipSync(bits).toString('base64url')}`,
    },
  };
}
