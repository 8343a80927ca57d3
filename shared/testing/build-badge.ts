import { bake } from '../baking/registry.ts';
import { base64UrlOf, hexOf, sha256, textOf, utf8 } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type Art, drawPng, drawSvg } from './badge-art.ts';
import { type BuiltIssuer, buildIssuer, type KeyPlace } from './build-issuer.ts';
import { buildStatus, type StatusWish, statusContextsOf } from './build-status.ts';
import {
  type Documents,
  jsonBytes,
  jsonType,
  mergeDocuments,
  type Served,
  servedBytes,
  servedJson,
} from './documents.ts';
import { type Forgery, signedDocument } from './forgeries.ts';
import {
  credentialContext,
  type EmbeddedSuite,
  openBadgesContext,
  suiteContexts,
} from './sign-data-integrity.ts';
import type { KeyAlgorithm } from './signing-keys.ts';

/** `ecdsa-sd-2023`: the copy for others, which shows everything. */
export type BadgeProof = 'hosted' | 'jws' | 'vc-jwt' | EmbeddedSuite;
export type BadgeContainer = 'json' | 'png' | 'svg';

export type RecipientWish = {
  readonly type: 'email' | 'url' | 'telephone' | 'did';
  readonly value: string;
  readonly hashed?: boolean;
  readonly salt?: string;
};

/** Everything has a default; a test names only what matters to it. */
export type BadgeWish = {
  readonly proof?: BadgeProof;
  readonly algorithm?: KeyAlgorithm;
  readonly keyPlace?: KeyPlace;
  readonly issuerOrigin?: string;
  /** default: a fresh one, built from the three above */
  readonly issuer?: BuiltIssuer;
  /** last part of the badge's addresses; default made of its name */
  readonly slug?: string;
  readonly name?: string;
  readonly description?: string;
  readonly criteria?: string;
  readonly tags?: readonly string[];
  readonly art?: Art;
  /** `'nobody'`: the badge names no recipient (3.0 only) */
  readonly recipient?: RecipientWish | 'nobody';
  /** RFC 3339 */
  readonly awarded?: string;
  readonly expires?: string;
  readonly narrative?: string;
  readonly evidence?: { readonly address: string; readonly name: string; readonly description?: string };
  readonly container?: BadgeContainer;
  /** 3.0: a bitstring status list, served and signed */
  readonly status?: StatusWish;
  /** 2.0: `gone` answers 410, `stub` a document that says `revoked`, `listed` stands in the issuer's list (jws) */
  readonly revoked?: 'gone' | 'stub' | 'listed';
  readonly forgery?: Forgery;
  /** changes the assertion or credential before it is signed */
  readonly change?: (document: JsonObject) => JsonObject;
};

export type BuiltBadge = {
  /** what a learner gets: JSON, a token, a PNG or an SVG */
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** where the same is served */
  readonly address: string;
  /** JSON or compact token without any picture */
  readonly text: string;
  /** the assertion or credential before it was signed */
  readonly document: JsonObject;
  readonly issuer: BuiltIssuer;
  /** every document that issuers have to serve, the badge's own among them */
  readonly documents: Documents;
};

/** Defaults, for tests that compare. */
export const defaultRecipient: RecipientWish = {
  type: 'email',
  value: 'mia@learner.example',
  hashed: true,
  salt: 'pepper',
};
const defaultArt: Art = { shape: 'hexagon', glyph: 'code', hue: 215 };

/** The generation that a way of proving belongs to. */
export function generationOfProof(proof: BadgeProof): '2.0' | '3.0' {
  return proof === 'hosted' || proof === 'jws' ? '2.0' : '3.0';
}

/**
 * Builds one badge with a real signature, or really hosted, and all documents around it. The defaults give a valid
 * badge of 3.0 with `eddsa-rdfc-2022` and a `did:key`.
 */
export async function buildBadge(wish: BadgeWish = {}): Promise<BuiltBadge> {
  const proof = wish.proof ?? 'eddsa-rdfc-2022';
  const issuer = wish.issuer ?? (await issuerFor(wish, proof));
  const facts = factsOf(wish, issuer);
  const parts =
    generationOfProof(proof) === '2.0'
      ? await assertionParts(facts, proof)
      : await credentialParts(facts, proof);
  const document = wish.change === undefined ? parts.document : wish.change(parts.document);
  const signed = await signedDocument(document, {
    proof,
    issuer,
    created: facts.awarded,
    forgery: wish.forgery ?? 'none',
  });
  const bytes = await inContainer(signed.text, facts, proof);
  const mediaType = mediaTypeOf(signed.text, facts.container);
  const suffix = facts.container === 'json' ? '' : `.${facts.container}`;
  const address = `${issuer.origin}/awards/${facts.slug}${suffix}`;
  const own: Documents = new Map<string, Served>([
    ...(proof === 'hosted' ? hostedCopy(facts, document, wish.revoked) : []),
    ...(suffix === '' && proof === 'hosted' ? [] : [[address, servedBytes(bytes, mediaType)] as const]),
  ]);
  const documents = mergeDocuments(issuer.documents, parts.documents, signed.documents, own);
  return { bytes, mediaType, address, text: signed.text, document, issuer, documents };
}

function issuerFor(wish: BadgeWish, proof: BadgeProof): Promise<BuiltIssuer> {
  const generation = generationOfProof(proof);
  return buildIssuer({
    keyPlace: wish.keyPlace ?? (generation === '2.0' ? 'cryptographic-key' : 'did:key'),
    algorithm: wish.algorithm ?? (proof === 'jws' ? 'RS256' : proof.startsWith('ecdsa-') ? 'ES256' : 'EdDSA'),
    ...(wish.issuerOrigin === undefined ? {} : { origin: wish.issuerOrigin }),
    ...(wish.revoked === 'listed' ? { extra: { revocationList: revocationListOf(wish.issuerOrigin) } } : {}),
  });
}

function revocationListOf(origin = 'https://academy.example'): string {
  return `${origin}/revocations`;
}

/** The wish with every default filled in. */
type BadgeFacts = Required<
  Pick<
    BadgeWish,
    'slug' | 'name' | 'description' | 'criteria' | 'tags' | 'art' | 'recipient' | 'awarded' | 'container'
  >
> & {
  readonly wish: BadgeWish;
  readonly issuer: BuiltIssuer;
};

function factsOf(wish: BadgeWish, issuer: BuiltIssuer): BadgeFacts {
  const name = wish.name ?? 'JavaScript Basics';
  return {
    wish,
    issuer,
    name,
    slug: wish.slug ?? name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    description: wish.description ?? 'Writes small programs that work, and says why they do.',
    criteria: wish.criteria ?? 'Solve the five tasks of the course and explain one of them.',
    tags: wish.tags ?? ['javascript', 'web'],
    art: wish.art ?? defaultArt,
    recipient: wish.recipient ?? defaultRecipient,
    awarded: wish.awarded ?? '2026-01-15T10:00:00Z',
    container: wish.container ?? 'json',
  };
}

type Parts = { readonly document: JsonObject; readonly documents: Documents };

/** Assertion, badge class and picture of 2.0. */
async function assertionParts(facts: BadgeFacts, proof: BadgeProof): Promise<Parts> {
  const { issuer, slug, wish } = facts;
  const id =
    proof === 'hosted' ? `${issuer.origin}/awards/${slug}` : `urn:uuid:${await uuidOf(issuer.origin + slug)}`;
  const classAddress = `${issuer.origin}/badges/${slug}`;
  const context = 'https://w3id.org/openbadges/v2';
  const document: JsonObject = {
    '@context': context,
    id,
    type: 'Assertion',
    recipient: await identityObject(facts.recipient),
    badge: classAddress,
    verification:
      proof === 'hosted' ? { type: 'HostedBadge' } : { type: 'SignedBadge', creator: issuer.keyId },
    issuedOn: facts.awarded,
    ...(wish.expires === undefined ? {} : { expires: wish.expires }),
    ...(wish.narrative === undefined ? {} : { narrative: wish.narrative }),
    ...(wish.evidence === undefined ? {} : { evidence: evidenceOf(wish.evidence) }),
  };
  const badgeClass: JsonObject = {
    '@context': context,
    id: classAddress,
    type: 'BadgeClass',
    name: facts.name,
    description: facts.description,
    image: `${classAddress}.png`,
    criteria: { id: `${classAddress}/criteria`, narrative: facts.criteria },
    issuer: issuer.id,
    tags: [...facts.tags],
  };
  const revokedAssertions = wish.revoked === 'listed' ? [{ id, revocationReason: 'Awarded by mistake' }] : [];
  const revocations: JsonObject = {
    '@context': context,
    id: revocationListOf(issuer.origin),
    type: 'RevocationList',
    issuer: issuer.id,
    revokedAssertions,
  };
  const documents = new Map<string, Served>([
    [classAddress, servedJson(badgeClass)],
    [`${classAddress}.png`, servedBytes(await drawPng(facts.art), 'image/png')],
    [revocationListOf(issuer.origin), servedJson(revocations)],
  ]);
  return { document, documents };
}

/** Credential and picture of 3.0. */
async function credentialParts(facts: BadgeFacts, proof: BadgeProof): Promise<Parts> {
  const { issuer, slug, wish } = facts;
  const achievementId = `${issuer.origin}/badges/${slug}`;
  const id = `${issuer.origin}/awards/${slug}`;
  const status =
    wish.status === undefined ? undefined : await buildStatus(issuer, wish.status, facts.awarded, id);
  const narrative: JsonObject = wish.narrative === undefined ? {} : { narrative: wish.narrative };
  const document: JsonObject = {
    '@context': [
      credentialContext,
      openBadgesContext,
      ...suiteContextOf(proof),
      ...(wish.status === undefined ? [] : statusContextsOf(wish.status.kind)),
    ],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: issuer.id, type: ['Profile'], name: issuer.name, url: issuer.origin },
    validFrom: facts.awarded,
    ...(wish.expires === undefined ? {} : { validUntil: wish.expires }),
    name: facts.name,
    credentialSubject: {
      ...(await subjectOf(facts.recipient)),
      type: ['AchievementSubject'],
      ...narrative,
      achievement: {
        id: achievementId,
        type: ['Achievement'],
        name: facts.name,
        description: facts.description,
        criteria: { narrative: facts.criteria },
        image: { id: `${achievementId}.png`, type: 'Image' },
        tag: [...facts.tags],
      },
    },
    ...(wish.evidence === undefined
      ? {}
      : { evidence: [{ ...evidenceOf(wish.evidence), type: ['Evidence'] }] }),
    ...(status === undefined ? {} : { credentialStatus: status.entry }),
  };
  const picture = new Map([[`${achievementId}.png`, servedBytes(await drawPng(facts.art), 'image/png')]]);
  return { document, documents: mergeDocuments(picture, status?.documents ?? new Map()) };
}

function suiteContextOf(proof: BadgeProof): readonly string[] {
  const contexts: Readonly<Partial<Record<BadgeProof, string>>> = suiteContexts;
  const context = contexts[proof];
  return context === undefined ? [] : [context];
}

function evidenceOf({ address, name, description }: NonNullable<BadgeWish['evidence']>): JsonObject {
  return { id: address, name, ...(description === undefined ? {} : { description }) };
}

/** Source: OB 2.0 §IdentityObject, §IdentityHash. */
async function identityObject(recipient: RecipientWish | 'nobody'): Promise<JsonObject> {
  if (recipient === 'nobody') throw new Error('A 2.0 assertion always names somebody');
  const type = recipient.type === 'did' ? 'id' : recipient.type;
  return recipient.hashed === true
    ? { type, hashed: true, ...saltOf(recipient), identity: await identityHash(recipient) }
    : { type, hashed: false, identity: recipient.value };
}

/** Source: OB 3.0 AchievementSubject, IdentityObject. */
async function subjectOf(recipient: RecipientWish | 'nobody'): Promise<JsonObject> {
  if (recipient === 'nobody') return {};
  if (recipient.type === 'did') return { id: recipient.value };
  const words = { email: 'emailAddress', url: 'ext:url', telephone: 'ext:telephone' } as const;
  const hash = recipient.hashed === true ? await identityHash(recipient) : recipient.value;
  const identifier: JsonObject = {
    type: 'IdentityObject',
    hashed: recipient.hashed === true,
    identityHash: hash,
    identityType: words[recipient.type],
    ...(recipient.hashed === true ? saltOf(recipient) : {}),
  };
  return { identifier: [identifier] };
}

function saltOf({ salt }: RecipientWish): JsonObject {
  return salt === undefined ? {} : { salt };
}

async function identityHash({ value, salt = '' }: RecipientWish): Promise<string> {
  return `sha256$${hexOf(await sha256(utf8(value + salt)))}`;
}

async function uuidOf(text: string): Promise<string> {
  const hex = hexOf(await sha256(utf8(text)));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What the assertion's own address answers. */
function hostedCopy(
  facts: BadgeFacts,
  document: JsonObject,
  revoked: BadgeWish['revoked'],
): readonly (readonly [string, Served])[] {
  const address = `${facts.issuer.origin}/awards/${facts.slug}`;
  const stub: Json = {
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'Assertion',
    id: address,
    revoked: true,
  };
  if (revoked === 'gone') return [[address, { status: 410, mediaType: jsonType, bytes: jsonBytes(stub) }]];
  return [[address, servedJson(revoked === 'stub' ? stub : document)]];
}

async function inContainer(text: string, facts: BadgeFacts, proof: BadgeProof): Promise<Uint8Array> {
  if (facts.container === 'json') return utf8(text);
  const picture = facts.container === 'png' ? await drawPng(facts.art) : drawSvg(facts.art, facts.name);
  const baked = bake(picture, utf8(text), generationOfProof(proof) === '2.0' ? 'assertion' : 'credential');
  if (!baked.ok) throw baked.error;
  return baked.value;
}

function mediaTypeOf(text: string, container: BadgeContainer): string {
  if (container === 'png') return 'image/png';
  if (container === 'svg') return 'image/svg+xml';
  return text.startsWith('{') ? jsonType : 'text/plain';
}

/** The same bytes with one bit of the byte `at` turned over. */
export function withByteChanged(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** Words of 1EdTech's for lists, refreshing and schemas. */

/** The badge as a `data:` address. */
export function dataAddressOf({ bytes, mediaType }: Pick<BuiltBadge, 'bytes' | 'mediaType'>): string {
  return `data:${mediaType};base64,${base64UrlOf(bytes).replaceAll('-', '+').replaceAll('_', '/')}`;
}

/** A badge's JSON as value; fails for tokens. */
export function jsonOf(badge: BuiltBadge): JsonObject {
  return JSON.parse(textOf(utf8(badge.text)) ?? '') as JsonObject;
}
