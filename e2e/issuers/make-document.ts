import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../shared/model/json.ts';
import {
  credentialContext,
  openBadgesContext,
  signEmbedded,
} from '../../shared/testing/sign-data-integrity.ts';
import { signToken } from '../../shared/testing/sign-token.ts';
import type { Format, SchoolBadge } from './catalogue.ts';
import type { SchoolKeys } from './keys.ts';
import {
  addressesOf,
  goodStatusIndex,
  openBadges2Context,
  revokedAssertionId,
  revokedStatusIndex,
  schoolName,
} from './standing-documents.ts';

/** Something deliberately wrong with a badge. */
export type Flaw = 'revoked' | 'revoked-credential' | 'expired' | 'tampered';

export type Wish = {
  readonly badge: SchoolBadge;
  readonly id: string;
  readonly to?: string | undefined;
  readonly why?: string | undefined;
  /** RFC 3339, whole seconds */
  readonly issued: string;
  readonly expires?: string;
  readonly flaw?: Flaw | undefined;
};

/** A badge's document. `address`: where it has to be served, for those that vouch by their place. */
export type MadeDocument = {
  readonly generation: '2.0' | '3.0';
  readonly extension: 'json' | 'jws' | 'jwt';
  readonly mediaType: string;
  readonly body: Uint8Array;
  readonly address?: string;
};

/** Open Badges 2.0 has to name somebody; without an address the same award is made as 3.0. */
export function formatFor(badge: SchoolBadge, to: string | undefined): Format {
  if (to !== undefined) return badge.format;
  return badge.format === 'hosted' ? 'jwt-es256' : badge.format === 'signed' ? 'jwt-rs256' : badge.format;
}

/** Makes and signs the document of one award. */
export async function makeDocument(wish: Wish, origin: string, keys: SchoolKeys): Promise<MadeDocument> {
  const at = addressesOf(origin);
  const format = formatFor(wish.badge, wish.to);
  switch (format) {
    case 'hosted': {
      const address = `${origin}/assertions/${wish.id}`;
      const assertion = assertionOf(wish, address, { type: 'HostedBadge' }, origin);
      return { ...json('2.0', assertion), address };
    }
    case 'signed': {
      const id = wish.flaw === 'revoked' ? revokedAssertionId : urnOf(wish.id);
      const assertion = assertionOf(wish, id, { type: 'SignedBadge', creator: at.key2 }, origin);
      return token('2.0', 'jws', await signToken({ alg: 'RS256', typ: 'JWT' }, assertion, keys.rs256));
    }
    case 'data-integrity': {
      const signed = await signEmbedded(credentialOf(wish, at.issuer3, origin), {
        suite: 'eddsa-rdfc-2022',
        key: keys.school,
        verificationMethod: at.key3,
        created: wish.issued,
      });
      return json('3.0', wish.flaw === 'tampered' ? renamed(signed) : signed);
    }
    default: {
      const { key, issuer, kid } = signerOf(format, keys, origin);
      const credential = credentialOf(wish, issuer, origin);
      const claims = {
        ...credential,
        iss: issuer,
        jti: String(credential['id']),
        nbf: secondsOf(wish.issued),
        ...(wish.expires === undefined ? {} : { exp: secondsOf(wish.expires) }),
      };
      return token('3.0', 'jwt', await signToken({ alg: key.algorithm, kid, typ: 'JWT' }, claims, key));
    }
  }
}

function signerOf(format: 'jwt-eddsa' | 'jwt-es256' | 'jwt-rs256', keys: SchoolKeys, origin: string) {
  const at = addressesOf(origin);
  if (format === 'jwt-es256') return { key: keys.es256, issuer: at.issuer3, kid: `${at.keySet}#es256` };
  if (format === 'jwt-rs256') return { key: keys.rs256, issuer: at.issuer3, kid: `${at.keySet}#rs256` };
  const { multikey = '' } = keys.peers;
  return { key: keys.peers, issuer: `did:key:${multikey}`, kid: `did:key:${multikey}#${multikey}` };
}

function assertionOf(wish: Wish, id: string, verification: JsonObject, origin: string): JsonObject {
  const { badge, to = '', why, issued, expires } = wish;
  const salt = randomBytes(12).toString('base64url');
  return {
    '@context': openBadges2Context,
    type: 'Assertion',
    id,
    recipient: { type: 'email', hashed: true, salt, identity: hashOf(to, salt) },
    badge: addressesOf(origin).classOf(badge.slug),
    verification,
    issuedOn: issued,
    ...(expires === undefined ? {} : { expires }),
    ...(why === undefined ? {} : { narrative: why }),
  };
}

function credentialOf(wish: Wish, issuer: string, origin: string): JsonObject {
  const { badge, to, why, issued, expires, flaw } = wish;
  const salt = randomBytes(12).toString('base64url');
  const status = flaw === 'revoked-credential' ? revokedStatusIndex : goodStatusIndex;
  return {
    '@context': [credentialContext, openBadgesContext],
    id: urnOf(wish.id),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: badge.name,
    issuer: { id: issuer, type: ['Profile'], name: schoolName, url: origin },
    validFrom: issued,
    ...(expires === undefined ? {} : { validUntil: expires }),
    ...(badge.format === 'data-integrity' ? { credentialStatus: statusEntry(status, origin) } : {}),
    credentialSubject: {
      type: ['AchievementSubject'],
      ...(to === undefined ? {} : { identifier: [identityOf(to, salt)] }),
      ...(why === undefined ? {} : { narrative: why }),
      achievement: {
        id: addressesOf(origin).classOf(badge.slug),
        type: ['Achievement'],
        name: badge.name,
        description: badge.description,
        criteria: { narrative: badge.criteria },
        image: { id: `${origin}/art/${badge.slug}.svg`, type: 'Image' },
        tag: badge.tags,
      },
    },
  };
}

function statusEntry(index: number, origin: string): JsonObject {
  const { statusList } = addressesOf(origin);
  return {
    id: `${statusList}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: statusList,
  };
}

function identityOf(email: string, salt: string): JsonObject {
  return {
    type: 'IdentityObject',
    hashed: true,
    identityHash: hashOf(email, salt),
    identityType: 'emailAddress',
    salt,
  };
}

function renamed(credential: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(credential).replaceAll('"Good Question"', '"Doctor of Everything"'),
  ) as JsonObject;
}

function hashOf(identity: string, salt: string): string {
  return `sha256$${createHash('sha256')
    .update(identity + salt)
    .digest('hex')}`;
}

/** A `urn:uuid:` that is the same for the same award. */
function urnOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const secondsOf = (instant: string) => Math.floor(Date.parse(instant) / 1000);

function json(generation: '2.0' | '3.0', document: JsonObject): MadeDocument {
  return {
    generation,
    extension: 'json',
    mediaType: generation === '2.0' ? 'application/ld+json' : 'application/vc',
    body: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
  };
}

function token(generation: '2.0' | '3.0', extension: 'jws' | 'jwt', text: string): MadeDocument {
  const mediaType = extension === 'jws' ? 'application/jose' : 'application/vc+jwt';
  return { generation, extension, mediaType, body: new TextEncoder().encode(text) };
}
