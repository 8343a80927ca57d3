import * as v from 'valibot';
import type { Sha256 } from '../model/brands.ts';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { parseJson } from '../model/json.ts';
import {
  maxCollections,
  maxCollectionTitleLength,
  maxManifestBytes,
  maxProfileAboutLength,
  maxProfileNameLength,
  maxPublishedDocuments,
} from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import {
  type CompactJws,
  kidOf,
  parseCompactJws,
  type Signer,
  signCompactJws,
  verifyCompactJws,
} from '../sync/compact-jws.ts';
import {
  boxKeyShape,
  handleShape,
  hashShape,
  instantShape,
  parseShape,
  type SigningKey,
  wholeNumberShape,
} from '../sync/shapes.ts';
import { didOfIdentity, didShape } from './identity-did.ts';
import { formerIdentities, maxSuccessions, successionShape } from './succession.ts';

const withShape = v.pipe(v.array(hashShape), v.maxLength(100));
const itemPlace = {
  /** when the learner's own device last found it valid */
  seenValidAt: instantShape,
  note: v.exactOptional(v.pipe(v.string(), v.maxLength(maxProfileAboutLength))),
  recipient: v.picklist(['hidden', 'confirm']),
};

const itemShape = v.union([
  v.strictObject({
    /** the badge as it was issued, exact bytes */
    doc: hashShape,
    /** its picture, the documents of its snapshot and their index */
    with: withShape,
    ...itemPlace,
  }),
  v.strictObject({
    /** what the badge says, without the document and its recipient: never shown as proven */
    said: hashShape,
    with: v.exactOptional(withShape),
    ...itemPlace,
  }),
]);

/** 32 random bytes: longer than any slug, so that no address could mean two collections, and nobody guesses one. */
const secretNameForm = /^[A-Za-z0-9_-]{43}$/;

const collectionBody = {
  title: v.pipe(v.string(), v.maxLength(maxCollectionTitleLength)),
  about: v.exactOptional(v.pipe(v.string(), v.maxLength(maxProfileAboutLength))),
  items: v.pipe(v.array(itemShape), v.maxLength(maxPublishedDocuments)),
};

const collectionShape = v.union([
  v.strictObject({
    slug: v.pipe(v.string(), v.regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)),
    listed: v.literal(true),
    ...collectionBody,
  }),
  v.strictObject({
    /** its secret name */
    slug: v.pipe(v.string(), v.regex(secretNameForm)),
    listed: v.literal(false),
    ...collectionBody,
  }),
]);

const manifestShape = v.strictObject({
  v: v.literal(1),
  /** the learner's identity key, which signs */
  sub: didShape,
  handle: handleShape,
  /** 1 for the first, then one more with each */
  seq: wholeNumberShape(1, Number.MAX_SAFE_INTEGER),
  /** hash of the manifest before, as its text */
  prev: v.nullable(hashShape),
  at: instantShape,
  consent: v.literal('publish-1'),
  /** HMAC of the log's head: a mark that fits no commit of a device's chain is a fork (design §7) */
  mark: hashShape,
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(maxProfileNameLength))),
  about: v.exactOptional(v.pipe(v.string(), v.maxLength(maxProfileAboutLength))),
  inbox: v.exactOptional(boxKeyShape),
  /** how the learner came from earlier identities to this one, oldest first */
  formerly: v.exactOptional(v.pipe(v.array(successionShape), v.minLength(1), v.maxLength(maxSuccessions))),
  theme: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/))),
  cover: v.exactOptional(hashShape),
  /** search engines may list the profile: a yes of its own, absent otherwise */
  search: v.exactOptional(v.literal(true)),
  collections: v.pipe(
    v.array(collectionShape),
    v.maxLength(maxCollections),
    v.check((collections) => new Set(collections.map(({ slug }) => slug)).size === collections.length),
    // An unlisted collection has a manifest of its own, so that no other mentions it.
    v.check((collections) => collections.length === 1 || collections.every(({ listed }) => listed)),
  ),
});

/** What a learner publishes, and his consent to exactly that (design §9). */
export type Manifest = v.InferOutput<typeof manifestShape>;
export type ManifestCollection = Manifest['collections'][number];
export type ManifestItem = ManifestCollection['items'][number];

/** A manifest taken apart; nothing is proven before `verifyManifest` says so. */
export type ParsedManifest = {
  readonly token: string;
  readonly hash: Sha256;
  readonly jws: CompactJws;
  readonly manifest: Manifest;
};

/** Where a profile has got to: number and hash of the manifest that stands. */
export type ManifestHead = { readonly seq: number; readonly h: Sha256 };

/** Reads a manifest: form and sizes. Errors: `manifest-refused`. */
export async function parseManifest(token: string): Promise<Result<ParsedManifest>> {
  const jws = parseCompactJws(token, 'backpack-manifest', maxManifestBytes);
  if (!jws.ok) return failed(new BackpackError('manifest-refused', { member: 'signature' }));
  const manifest = parseShape(manifestShape, jws.value.payload, 'manifest-refused');
  if (!manifest.ok) return manifest;
  if (documentsNamedBy(manifest.value).size > maxPublishedDocuments)
    return failed(new BackpackError('manifest-refused', { member: 'collections' }));
  return ok({ token, hash: await sha256Of(utf8(token)), jws: jws.value, manifest: manifest.value });
}

/** True when the identity that the account's chain names has signed it, and speaks as itself. */
export async function verifyManifest(parsed: ParsedManifest, identity: SigningKey): Promise<boolean> {
  if (parsed.jws.kid !== (await kidOf(identity))) return false;
  const { sub, formerly = [] } = parsed.manifest;
  if (sub !== didOfIdentity(identity)) return false;
  // Nobody is shown as the successor of somebody who does not say so himself.
  if ((await formerIdentities(formerly, sub)) === undefined) return false;
  return verifyCompactJws(parsed.jws, identity);
}

/** True when it is the next after the one that stands (`undefined`: none): no older one is ever played back. */
export function followsManifest(parsed: ParsedManifest, standing: ManifestHead | undefined): boolean {
  const { seq, prev } = parsed.manifest;
  return seq === (standing?.seq ?? 0) + 1 && prev === (standing?.h ?? null);
}

/** The secret name of the one unlisted collection that a manifest is of; `undefined` for a public profile's. */
export function secretNameOf({ collections }: Manifest): string | undefined {
  return collections.find(({ listed }) => !listed)?.slug;
}

/** True for what may be the secret name of an unlisted collection. */
export function isSecretName(text: string): boolean {
  return secretNameForm.test(text);
}

/** Every document that a manifest makes readable, and nothing else is. */
export function documentsNamedBy(manifest: Manifest): ReadonlySet<Sha256> {
  const named = new Set<Sha256>(manifest.cover === undefined ? [] : [manifest.cover]);
  for (const item of manifest.collections.flatMap(({ items }) => items)) {
    named.add('doc' in item ? item.doc : item.said);
    for (const hash of item.with ?? []) named.add(hash);
  }
  return named;
}

/** Signs a manifest with the identity key: the learner's consent. Gives the text that is sent and hashed. */
export async function signManifest(manifest: Manifest, identity: Signer): Promise<string> {
  const payload = parseJson(JSON.stringify(manifest));
  if (!payload.ok) throw payload.error;
  return signCompactJws('backpack-manifest', payload.value, identity);
}
