import type { Sha256 } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { ManifestCollection, ManifestItem } from '../../shared/publish/manifest.ts';
import type { Doc, DocId } from '../../shared/sync/doc.ts';
import type { SyncStorage } from '../../shared/sync/storage.ts';
import { collectionsAmong } from '../store/collection-doc.ts';
import { isUnread, keptBadgeOf } from '../store/kept-badge.ts';
import {
  badgesIn,
  plainSlug,
  type ShownCollection,
  shownCollections,
  singleBadges,
} from '../store/shown-collections.ts';
import { type BadgeToPublish, gatherBadge, identitiesIn, readBytes } from './published-badge.ts';

/** A picture for the head of the page; `bytes` where it was chosen just now and is not kept yet. */
export type Cover = { readonly hash: Sha256; readonly bytes?: Bytes };

/** What one manifest lists, and the bytes that it names. */
export type Chapters = {
  readonly collections: ManifestCollection[];
  readonly documents: ReadonlyMap<Sha256, Uint8Array>;
};

/** All that a publication makes readable, manifest by manifest. */
export type GatheredProfile = {
  readonly main: Chapters;
  /** by their secret names */
  readonly unlisted: ReadonlyMap<string, Chapters>;
};

/** The collections as they would be published now: what a learner agrees to is held against this. */
export async function plannedCollections(storage: SyncStorage): Promise<readonly ShownCollection[]> {
  const collections: Doc[] = [];
  const here = new Set<DocId>();
  const read = (doc: Doc): void => {
    if (doc.t === 'collection') collections.push(doc);
    const kept = doc.t === 'badge' ? keptBadgeOf(doc) : undefined;
    if (kept !== undefined && !isUnread(kept)) here.add(doc.id);
  };
  await storage.read((tables) => tables.docs.each(read));
  return shownCollections(collectionsAmong(collections), here);
}

/** Gathers every badge once, however many collections it stands in. Errors: `document-missing`, also of the cover. */
export async function gatherProfile(
  shown: {
    readonly badges: readonly DocId[];
    readonly said: readonly DocId[];
    readonly collections: readonly ShownCollection[];
    readonly cover?: Cover | undefined;
  },
  storage: SyncStorage,
): Promise<Result<GatheredProfile>> {
  const cover = await coverBytes(shown.cover, storage);
  if (!cover.ok) return cover;
  const identities = await identitiesIn(storage);
  const badges = new Map<DocId, BadgeToPublish>();
  for (const badge of badgesIn(shown.badges, shown.collections)) {
    const as = shown.said.includes(badge) ? 'said' : 'whole';
    const gathered = await gatherBadge(badge, as, identities, storage);
    if (!gathered.ok) return gathered;
    badges.set(badge, gathered.value);
  }
  const chaptersOf = (
    parts: readonly { readonly head: Heading; readonly badges: readonly DocId[] }[],
  ): Chapters => {
    const documents = new Map<Sha256, Uint8Array>();
    const collections = parts.map(({ head, badges: ids }): ManifestCollection => {
      const items: ManifestItem[] = [];
      for (const gathered of ids.flatMap((id) => badges.get(id) ?? [])) {
        items.push(gathered.item);
        for (const [hash, bytes] of gathered.documents) documents.set(hash, bytes);
      }
      return { ...head, items };
    });
    return { collections, documents };
  };
  const single = singleBadges(shown.badges, shown.collections);
  const listed = shown.collections.filter((one) => one.listed).map(partOf);
  const hasPlain = single.length > 0 || listed.length === 0;
  const plain = { head: { slug: plainSlug, title: '', listed: true as const }, badges: single };
  const unlisted = shown.collections.filter((one) => !one.listed);
  const main = chaptersOf(hasPlain ? [...listed, plain] : listed);
  return ok({
    // The cover is of the page alone: an unlisted collection has none.
    main: { ...main, documents: new Map([...main.documents, ...cover.value]) },
    unlisted: new Map(unlisted.map((one) => [one.name, chaptersOf([partOf(one)])])),
  });
}

async function coverBytes(
  cover: Cover | undefined,
  storage: SyncStorage,
): Promise<Result<readonly (readonly [Sha256, Uint8Array])[]>> {
  if (cover === undefined) return ok([]);
  const bytes = cover.bytes ?? (await readBytes(cover.hash, storage));
  return bytes === undefined ? failed(new BackpackError('document-missing')) : ok([[cover.hash, bytes]]);
}

type Heading = Pick<ManifestCollection, 'slug' | 'title' | 'about' | 'listed'>;

function partOf({ name, title, about, listed, badges }: ShownCollection) {
  const head = { slug: name, title, listed, ...(about === '' ? {} : { about }) };
  return { head, badges };
}
