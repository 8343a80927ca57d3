import { base64UrlOf } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { maxCollectionTitleLength, maxProfileAboutLength } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { type Placed, placeAt } from '../../shared/sync/position.ts';
import {
  type CollectionReach,
  collectionDocId,
  type KeptCollection,
  maxCollectionBadges,
  maxCollectionMembers,
  maxOwnCollections,
  memberField,
  newCollectionFields,
  slugOf,
} from '../store/collection-doc.ts';
import { readCollections } from '../store/collections.ts';
import { keptProfileOf, profileDocId } from '../store/profile-doc.ts';
import { plainSlug } from '../store/shown-collections.ts';
import { type WriteDeps, writeChange } from './keep.ts';

type Placing = { readonly id: DocId; readonly fields: JsonObject };

/** Makes a private collection, last in the order, and gives its id. Errors: `too-many-collections`. */
export async function createCollection(title: string, deps: WriteDeps): Promise<Result<DocId>> {
  const kept = await readCollections(deps.store);
  if (kept.length >= maxOwnCollections)
    return failed(new BackpackError('too-many-collections', { limit: maxOwnCollections }));
  const id = collectionDocId(base64UrlOf(deps.random(16)));
  const at = placeAt(kept, [id], kept.length);
  const named = title.trim().slice(0, maxCollectionTitleLength);
  const fields = newCollectionFields({
    now: deps.clock(),
    title: named,
    slug: slugOf(named, namesOf(kept)),
    secret: base64UrlOf(deps.random(32)),
    at: at.get(id),
  });
  const others = placings(at).filter((one) => one.id !== id);
  await writeChange({ set: [{ id, fields }, ...others] }, deps);
  return ok(id);
}

/**
 * Changes title, words and who may see it. The name in its address follows the title, but not while it is published:
 * nobody's link leads nowhere because of a better title. An empty title changes nothing.
 */
export async function editCollection(
  id: DocId,
  edit: { readonly title?: string; readonly about?: string; readonly reach?: CollectionReach },
  deps: WriteDeps,
): Promise<void> {
  const kept = await readCollections(deps.store);
  const before = kept.find((one) => one.id === id);
  if (before === undefined) return;
  const title = edit.title?.trim().slice(0, maxCollectionTitleLength) ?? '';
  const isNew = title !== '' && title !== before.title;
  const others = kept.filter((one) => one.id !== id);
  const renamed = isNew ? { title, ...(await nameAfter(id, title, others, deps)) } : {};
  const about = edit.about?.slice(0, maxProfileAboutLength);
  const fields = {
    ...renamed,
    ...(about === undefined || about === before.about ? {} : { about }),
    ...(edit.reach === undefined || edit.reach === before.reach ? {} : { reach: edit.reach }),
  };
  if (Object.keys(fields).length > 0) await writeChange({ set: [{ id, fields }] }, deps);
}

async function nameAfter(
  id: DocId,
  title: string,
  others: readonly KeptCollection[],
  deps: WriteDeps,
): Promise<JsonObject> {
  const profile = keptProfileOf(await deps.store.docs.get(profileDocId));
  const isPublished = profile?.state !== 'ended' && profile?.collections.some((one) => one.id === id);
  return isPublished === true ? {} : { slug: slugOf(title, namesOf(others)) };
}

/** Gives an unlisted collection another secret address; the one that was given away leads nowhere once it is published. */
export async function renewSecret(id: DocId, deps: WriteDeps): Promise<void> {
  await writeChange({ set: [{ id, fields: { secret: base64UrlOf(deps.random(32)) } }] }, deps);
}

/** Brings a collection to the place before another one, or to the end. */
export async function moveCollection(id: DocId, before: DocId | undefined, deps: WriteDeps): Promise<void> {
  const kept = await readCollections(deps.store);
  if (!kept.some((one) => one.id === id)) return;
  await writeChange({ set: placings(placeAt(kept, [id], indexBefore(kept, id, before))) }, deps);
}

/** Removes a collection from every device; its badges stay. For a day this one keeps a copy, as of a badge. */
export async function removeCollection(id: DocId, deps: WriteDeps): Promise<void> {
  await writeChange({ wipe: [id] }, deps);
}

/** Puts badges into a collection, last in its order; those that are in stay where they are. Errors: `collection-full`. */
export async function putInCollection(
  id: DocId,
  badges: readonly DocId[],
  deps: WriteDeps,
): Promise<Result<null>> {
  const kept = (await readCollections(deps.store)).find((one) => one.id === id);
  if (kept === undefined) return failed(new BackpackError('not-found'));
  const added = badges.filter((badge) => !kept.badges.some((one) => one.id === badge));
  const isFull =
    kept.badges.length + added.length > maxCollectionBadges ||
    kept.members + added.length > maxCollectionMembers;
  if (isFull) return failed(new BackpackError('collection-full', { limit: maxCollectionBadges }));
  if (added.length > 0) await place(kept, added, kept.badges.length, deps);
  return ok(null);
}

/** Takes a badge out of a collection; it stays in the backpack. */
export async function takeOutOfCollection(id: DocId, badge: DocId, deps: WriteDeps): Promise<void> {
  const kept = (await readCollections(deps.store)).find((one) => one.id === id);
  if (kept?.badges.some((one) => one.id === badge) !== true) return;
  await writeChange({ set: [{ id, fields: { [memberField(badge)]: null } }] }, deps);
}

/** Brings a badge of a collection to the place before another one of it, or to the end. */
export async function moveInCollection(
  id: DocId,
  badge: DocId,
  before: DocId | undefined,
  deps: WriteDeps,
): Promise<void> {
  const kept = (await readCollections(deps.store)).find((one) => one.id === id);
  if (kept?.badges.some((one) => one.id === badge) !== true) return;
  await place(kept, [badge], indexBefore(kept.badges, badge, before), deps);
}

/** Where, among the others, the place before one of them is; the end where it is none of them. */
function indexBefore(order: readonly Placed[], moved: DocId, before: DocId | undefined): number {
  const rest = order.filter((one) => one.id !== moved);
  const found = rest.findIndex((one) => one.id === before);
  return found < 0 ? rest.length : found;
}

async function place(
  { id, badges }: KeptCollection,
  moved: readonly DocId[],
  index: number,
  deps: WriteDeps,
): Promise<void> {
  const written = [...placeAt(badges, moved, index)];
  const fields = Object.fromEntries(written.map(([badge, at]) => [memberField(badge as DocId), at]));
  await writeChange({ set: [{ id, fields }] }, deps);
}

function placings(written: ReadonlyMap<string, string>): readonly Placing[] {
  return [...written].map(([id, at]) => ({ id: id as DocId, fields: { at } }));
}

function namesOf(collections: readonly KeptCollection[]): readonly string[] {
  return [plainSlug, ...collections.map(({ slug }) => slug)];
}
