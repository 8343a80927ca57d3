import type { Handle } from '../../shared/model/brands.ts';
import type { CollectionPageData, ProfileData, PublishedBadge, Shelf } from '../../shared/model/page-data.ts';
import { ok } from '../../shared/model/result.ts';
import { type WitnessFile, witnessKeysOf } from '../../shared/publish/witness.ts';
import type { FoundPage, KeptManifest, Storage } from '../storage/storage.ts';
import { badgeOf, collectionOf, loadProfile, manifestAt, type Part, shownAt } from './load-profile.ts';
import type { Witness } from './state-seen.ts';

type Deps = { readonly storage: Storage; readonly publicOrigin: string };

/** One badge of a profile or of an unlisted collection, by the beginning of its document's hash. */
export async function showBadge(
  shelf: Shelf,
  id: string,
  { storage, publicOrigin }: Deps,
): Promise<(ProfileData & { badge: PublishedBadge }) | undefined> {
  const profile = await storage.read((session) => loadProfile(shelf, session, publicOrigin, badgeOf(id)));
  const badge = profile?.collections[0]?.badges[0];
  return profile === undefined || badge === undefined ? undefined : { ...profile, badge };
}

/** What this server has stated of one badge that is shown; `undefined` where the badge is not. */
export async function showStatements(
  shelf: Shelf,
  id: string,
  { storage, witness: { origin, signer } }: Deps & { readonly witness: Witness },
): Promise<WitnessFile | undefined> {
  const statements = await storage.read(async (session) => {
    const shown = await shownAt(shelf, session);
    const item = shown === undefined ? undefined : badgeOf(id)(shown.manifest.collections)[0]?.items[0];
    if (shown === undefined || item === undefined || !('doc' in item)) return undefined;
    const seen = await session.sightings.of(shown.kept.account, item.doc);
    return seen.flatMap((run) => run.statements);
  });
  if (statements === undefined) return undefined;
  return { type: 'backpack-witness', iss: origin, ...(await witnessKeysOf(signer)), statements };
}

/** The manifest itself, as its owner signed it. */
export async function showManifest(shelf: Shelf, { storage }: Deps): Promise<KeptManifest | undefined> {
  return storage.read((session) => manifestAt(shelf, session));
}

type Rendered = { readonly html: string; readonly tag: string };
/** `version`: of the templates; a page of another version is rendered anew. `known`: the tag of what the asker has. */
type Wanted = { readonly version: string; readonly known: string };

/** The profile's page, or what it shows in another form with an address of its own, unless nothing is published. */
export function profilePage(
  handle: Handle,
  ending: '' | '.json',
  wanted: Wanted,
  render: (profile: ProfileData) => Rendered,
  deps: Deps,
): Promise<FoundPage | undefined> {
  return keptPage({ handle }, `/@${handle}${ending}`, undefined, wanted, render, deps);
}

/**
 * The page of one collection: by its slug among those that the profile lists, or the unlisted one of a secret name.
 * What is not there and what is private are answered alike.
 */
export function collectionPage(
  shelf: Shelf,
  name: string,
  wanted: Wanted,
  render: (shown: CollectionPageData) => Rendered,
  deps: Deps,
): Promise<FoundPage | undefined> {
  const renderOne = (profile: ProfileData) => {
    const [collection] = profile.collections;
    return collection === undefined ? undefined : render({ ...profile, collection });
  };
  return keptPage(shelf, `/@${shelf.handle}/${name}`, collectionOf(name), wanted, renderOne, deps);
}

/** A page as it was last rendered, or rendered now and kept until something of its account's changes. */
async function keptPage(
  shelf: Shelf,
  path: string,
  part: Part | undefined,
  { version, known }: Wanted,
  render: (profile: ProfileData) => Rendered | undefined,
  { storage, publicOrigin }: Deps,
): Promise<FoundPage | undefined> {
  const kept = await storage.ask(({ published }) => published.page(path, known));
  if (kept?.version === version) return kept;
  // Whoever asks for what is not there writes nothing.
  const shown = await storage.read((session) => shownAt(shelf, session));
  const account = shown?.kept.account;
  if (shown === undefined || account === undefined) return undefined;
  if (part?.(shown.manifest.collections).length === 0) return undefined;
  // Loaded and kept in one transaction, or a page loaded before an unpublishing could be kept after it.
  const rendered = await storage.write(account, async (session) => {
    const profile = await loadProfile(shelf, session, publicOrigin, part);
    const owner = (await manifestAt(shelf, session))?.account;
    const page = profile === undefined || owner !== account ? undefined : render(profile);
    if (page === undefined) return ok(undefined);
    await session.published.keepPage({ account, path, version, ...page });
    return ok({ version, ...page });
  });
  if (!rendered.ok) throw rendered.error;
  return rendered.value;
}
