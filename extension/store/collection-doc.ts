import type { Instant } from '../../shared/model/brands.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import {
  maxCollections,
  maxCollectionTitleLength,
  maxProfileAboutLength,
} from '../../shared/model/limits.ts';
import { isSecretName } from '../../shared/publish/manifest.ts';
import { type Doc, type DocId, exists, fieldOf, isDocId } from '../../shared/sync/doc.ts';
import { inOrder, isPosition, type Placed, type Position } from '../../shared/sync/position.ts';

/*
 * How two devices' changes of one collection meet (design §6): each thing that can be changed is a field of its own, and
 * of each the later change counts. One that gives a new title and one that writes about it are both kept; badges that two
 * put in are both in. Whether a badge is in, and where, is the one field `m:<hash>`: a position, or `null` once it was
 * taken out, so that taking out and moving the same badge ends as the later of the two. A position is a fraction: moving
 * one badge writes its own field, and two devices that move different badges move both. Only where no room is left
 * between two are all spaced anew, which then counts as a move of each. Who is shown a collection is one
 * field too; what nobody can read counts as private. Removing wipes all that was written before it, everywhere.
 */

/** Who may see a collection: nobody else; who has its secret address; everybody who sees the profile. */
export const collectionReaches = ['private', 'unlisted', 'listed'] as const;
export type CollectionReach = (typeof collectionReaches)[number];

export type CollectionId = DocId;

export type KeptCollection = Placed & {
  readonly id: CollectionId;
  readonly title: string;
  readonly about: string;
  readonly reach: CollectionReach;
  /** its name in the address while it is listed */
  readonly slug: string;
  /** its name in the address while it is unlisted: 32 random bytes, made with it, so that all devices have the same */
  readonly secret: string;
  /** in their order, also those that are not in the backpack any more: one that comes back is where it was */
  readonly badges: readonly (Placed & { readonly id: DocId })[];
  /** badges that are or ever were in it: each is a field of the one record */
  readonly members: number;
};

/** One place of the manifest is for what is in no collection. */
export const maxOwnCollections = maxCollections - 1;
export const maxCollectionBadges = 1_000;
/** As many fit into a record, with room. */
export const maxCollectionMembers = 3_000;

const memberPrefix = 'm:';

/** The id of the document of a collection. */
export function collectionDocId(name: string): DocId {
  return `collection|${name}`;
}

/** The field that says where in a collection a badge is. */
export function memberField(badge: DocId): string {
  return memberPrefix + badge.slice('badge|'.length);
}

/** Reads a collection's document; `undefined` where there is none. */
export function keptCollectionOf(doc: Doc | undefined): KeptCollection | undefined {
  if (doc === undefined || doc.t !== 'collection' || !exists(doc)) return undefined;
  const text = (name: string, length: number): string => {
    const value = fieldOf(doc, name);
    return typeof value === 'string' ? value.slice(0, length) : '';
  };
  const at = fieldOf(doc, 'at');
  const reach = collectionReaches.find((one) => one === fieldOf(doc, 'reach'));
  const secret = text('secret', 43);
  const members = Object.entries(doc.f).filter(([name]) => name.startsWith(memberPrefix));
  const badges = members.flatMap(([name, [value]]) => {
    const id = `badge|${name.slice(memberPrefix.length)}`;
    if (value === null || !isDocId(id)) return [];
    return [{ id, ...(isPosition(value) ? { at: value } : {}) }];
  });
  return {
    id: doc.id,
    title: text('title', maxCollectionTitleLength),
    about: text('about', maxProfileAboutLength),
    // Without a name that nobody guesses it could not be kept from anybody.
    reach: reach === undefined || (reach === 'unlisted' && !isSecretName(secret)) ? 'private' : reach,
    slug: text('slug', 40),
    secret,
    ...(isPosition(at) ? { at } : {}),
    badges: inOrder(badges),
    members: members.length,
  };
}

/** The learner's collections among documents, in their order. */
export function collectionsAmong(docs: readonly Doc[]): readonly KeptCollection[] {
  return inOrder(docs.flatMap((doc) => keptCollectionOf(doc) ?? []));
}

/** The fields of a new collection, which is private. */
export function newCollectionFields(made: {
  readonly now: Instant;
  readonly title: string;
  readonly slug: string;
  readonly secret: string;
  readonly at: Position | undefined;
}): JsonObject {
  const { now, title, slug, secret, at } = made;
  return { made: now, title, about: '', reach: 'private', slug, secret, at: at ?? null };
}

/** A title as it may stand in an address: small Latin letters, numbers and hyphens; one of none has a plain word. */
export function slugOf(title: string, taken: readonly string[]): string {
  const letters = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = letters.replace(/[^a-z0-9]+/g, '-').slice(0, 34);
  return freeSlug(words.replace(/^-+|-+$/g, '') || 'collection', taken);
}

/** The slug, or the same with a number where it is taken. */
export function freeSlug(slug: string, taken: readonly string[]): string {
  if (!taken.includes(slug)) return slug;
  for (let count = 2; ; count += 1) if (!taken.includes(`${slug}-${count}`)) return `${slug}-${count}`;
}
