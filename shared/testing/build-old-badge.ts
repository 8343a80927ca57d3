import { hexOf, sha256, utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import {
  type Documents,
  jsonBytes,
  mergeDocuments,
  type Served,
  servedBytes,
  servedJson,
} from './documents.ts';
import { hmacToken, signToken, unsignedToken } from './sign-token.ts';
import { createKey, pemOf, type SigningKey, tokenPart } from './signing-keys.ts';

export type OldForgery =
  | 'none'
  | 'byte-changed'
  | 'other-key'
  | 'algorithm-swapped'
  | 'key-of-another-issuer'
  | 'alg-none'
  | 'hmac-with-public-key';

/** Everything has a default; a test names only what matters to it. */
export type OldBadgeWish = {
  readonly generation?: '0.5' | '1.0' | '1.1';
  readonly signed?: boolean;
  readonly issuerOrigin?: string;
  readonly key?: SigningKey;
  /** header's `alg` as written; default `RS256` */
  readonly alg?: string;
  readonly forgery?: OldForgery;
  readonly revocations?: JsonObject;
  /** changes the assertion before it is served or signed */
  readonly change?: (document: JsonObject) => JsonObject;
  readonly changeClass?: (document: JsonObject) => JsonObject;
  readonly changeIssuer?: (document: JsonObject) => JsonObject;
};

export type BuiltOldBadge = {
  readonly bytes: Uint8Array;
  /** where the assertion is served; of a signed one where its key is */
  readonly address: string;
  readonly document: JsonObject;
  readonly documents: Documents;
};

export const oldRecipient = { type: 'email', value: 'mia@learner.example' } as const;

/** Another issuer whose key a forger may really hold. */
const strangerOrigin = 'https://stranger.example';

/** Builds a badge of 0.5, 1.0 or 1.1, really hosted or really signed, with every document that its issuer serves. */
export async function buildOldBadge(wish: OldBadgeWish = {}): Promise<BuiltOldBadge> {
  const origin = wish.issuerOrigin ?? 'https://academy.example';
  const generation = wish.generation ?? '1.0';
  const identity = `sha256$${hexOf(await sha256(utf8(`${oldRecipient.value}seasalt`)))}`;
  if (generation === '0.5')
    return hostedBadge(`${origin}/assertion`, changed(oldestDocument(origin, identity), wish), new Map());
  const typed = (type: string, id: string): JsonObject =>
    generation === '1.1' ? { '@context': 'https://w3id.org/openbadges/v1', type, id: `${origin}/${id}` } : {};
  const parts: Documents = new Map<string, Served>([
    [
      `${origin}/badge`,
      servedJson((wish.changeClass ?? same)({ ...typed('BadgeClass', 'badge'), ...badgeClassOf(origin) })),
    ],
    [
      `${origin}/issuer`,
      servedJson((wish.changeIssuer ?? same)({ ...typed('Issuer', 'issuer'), ...issuerOf(origin) })),
    ],
    [`${origin}/revocations`, servedJson(wish.revocations ?? { another: 'Awarded by mistake' })],
  ]);
  const forgery = wish.forgery ?? 'none';
  const address = wish.signed
    ? `${forgery === 'key-of-another-issuer' ? strangerOrigin : origin}/key.pem`
    : `${origin}/assertion`;
  const document = changed(
    {
      ...(wish.signed ? {} : typed('Assertion', 'assertion')),
      ...(wish.signed && generation === '1.1'
        ? { '@context': 'https://w3id.org/openbadges/v1', type: 'Assertion' }
        : {}),
      uid: 'd3c4ff',
      recipient: { type: 'email', hashed: true, salt: 'seasalt', identity },
      badge: `${origin}/badge`,
      verify: { type: wish.signed ? 'signed' : 'hosted', url: address },
      issuedOn: '2013-02-18T18:10+0500',
    },
    wish,
  );
  if (wish.signed !== true) return hostedBadge(address, document, parts);
  const named = wish.key ?? (await createKey('RS256'));
  const token = await tokenOf(document, named, wish.alg ?? 'RS256', forgery);
  const key = new Map([[address, servedBytes(utf8(pemOf(named)), 'application/x-pem-file')]]);
  return { bytes: utf8(token), address, document, documents: mergeDocuments(parts, key) };
}

function hostedBadge(address: string, document: JsonObject, parts: Documents): BuiltOldBadge {
  const own = new Map([[address, servedJson(document)]]);
  return { bytes: jsonBytes(document), address, document, documents: mergeDocuments(parts, own) };
}

function changed(document: JsonObject, { change = same }: OldBadgeWish): JsonObject {
  return change(document);
}

function same(document: JsonObject): JsonObject {
  return document;
}

/** Source: OB 0.5. */
function oldestDocument(origin: string, recipient: string): JsonObject {
  return {
    recipient,
    salt: 'seasalt',
    evidence: '/evidence',
    issued_on: '2012-01-01',
    badge: {
      version: '0.5.0',
      name: 'Robotics',
      description: 'Builds robots that people think are great.',
      image: '/image.png',
      criteria: '/criteria',
      issuer: {
        origin,
        name: 'School of Webcraft',
        org: 'Webcraft Society',
        contact: 'badges@academy.example',
      },
    },
  };
}

/** Source: OB 1.1 §BadgeClass. */
function badgeClassOf(origin: string): JsonObject {
  return {
    name: 'Robotics',
    description: 'Builds robots that people think are great.',
    image: `${origin}/image.png`,
    criteria: `${origin}/criteria`,
    issuer: `${origin}/issuer`,
    tags: ['robots'],
    alignment: [{ name: 'Standard One', url: 'https://standards.example/1' }],
  };
}

/** Source: OB 1.1 §IssuerOrganization. */
function issuerOf(origin: string): JsonObject {
  return {
    name: 'School of Webcraft',
    url: origin,
    email: 'badges@academy.example',
    revocationList: `${origin}/revocations`,
  };
}

async function tokenOf(
  document: JsonObject,
  named: SigningKey,
  alg: string,
  forgery: OldForgery,
): Promise<string> {
  const header = { alg };
  if (forgery === 'alg-none') return unsignedToken(header, document);
  if (forgery === 'hmac-with-public-key') return hmacToken(header, document, named);
  const key = forgery === 'other-key' ? await createKey('RS256') : named;
  const token = await signToken(forgery === 'algorithm-swapped' ? { alg: 'RS512' } : header, document, key);
  if (forgery !== 'byte-changed') return token;
  const [head = '', , tail = ''] = token.split('.');
  return `${head}.${tokenPart({ ...document, uid: 'd3c4fe' })}.${tail}`;
}
