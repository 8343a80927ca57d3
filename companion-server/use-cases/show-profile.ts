import type { Badge, IssuerProof } from '../../shared/model/badge.ts';
import type { Handle, Instant, Sha256 } from '../../shared/model/brands.ts';
import { ok } from '../../shared/model/result.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import {
  isSecretName,
  type Manifest,
  type ManifestItem,
  parseManifest,
} from '../../shared/publish/manifest.ts';
import { formerIdentities } from '../../shared/publish/succession.ts';
import { type WitnessFile, witnessKeysOf } from '../../shared/publish/witness.ts';
import type { AccountId, KeptCheck, KeptManifest, Session, Sighting, Storage } from '../storage/storage.ts';
import { readFindings, saidFinding, unreadFinding } from './published-badge.ts';
import type { Witness } from './state-seen.ts';

/** How much of a document's hash names its badge in addresses (product §4). */
export const badgeIdLength = 22;

/** One badge as visitors are shown it. */
export type ShownBadge = {
  readonly id: string;
  readonly badge: Badge | undefined;
  readonly verdict: Verdict;
  readonly issuerProof: IssuerProof;
  readonly standing: 'checked' | 'recorded';
  readonly seenAt: Instant;
  readonly document?: Sha256;
  readonly picture?: Sha256;
  readonly note?: string;
  /** what this server's own checks have found over time, oldest first */
  readonly seen: readonly ShownSighting[];
};

export type ShownSighting = Omit<Sighting, 'statements'>;

export type ShownCollection = {
  readonly slug: string;
  readonly title: string;
  readonly about?: string;
  readonly badges: readonly ShownBadge[];
};

/** What one manifest shows: a profile, or an unlisted collection. */
export type ShownProfile = {
  readonly origin: string;
  readonly handle: Handle;
  /** that of the unlisted collection, by which alone it is found */
  readonly secret?: string;
  readonly name?: string;
  readonly about?: string;
  readonly theme?: string;
  readonly cover?: Sha256;
  readonly identity: string;
  /** identities that it followed, oldest first */
  readonly formerly: readonly string[];
  readonly publishedAt: Instant;
  /** search engines may list it, because its owner said so */
  readonly listed: boolean;
  readonly collections: readonly ShownCollection[];
};

type Deps = { readonly storage: Storage; readonly publicOrigin: string };

/** Whose page is asked for, and, where it is of an unlisted collection, by which secret name. */
export type Shelf = { readonly handle: Handle; readonly secret?: string };

/** All that a public profile, or an unlisted collection, shows; `undefined` where nothing is published. */
export function showProfile(shelf: Shelf, deps: Deps): Promise<ShownProfile | undefined> {
  return deps.storage.read((session) => loadProfile(shelf, session, deps.publicOrigin));
}

/**
 * One collection: by its slug among those that the profile lists, or the unlisted one of a secret name. What is not
 * there and what is private are answered alike.
 */
export async function showCollection(
  handle: Handle,
  name: string,
  deps: Deps,
): Promise<(ShownProfile & { collection: ShownCollection }) | undefined> {
  const shelf = isSecretName(name) ? { handle, secret: name } : { handle };
  const profile = await showProfile(shelf, deps);
  const collection = profile?.collections.find(({ slug }) => slug === name);
  return profile === undefined || collection === undefined ? undefined : { ...profile, collection };
}

/** One badge of a profile or of an unlisted collection, by the beginning of its document's hash. */
export async function showBadge(
  shelf: Shelf,
  id: string,
  deps: Deps,
): Promise<(ShownProfile & { badge: ShownBadge }) | undefined> {
  const profile = await showProfile(shelf, deps);
  const badge = profile?.collections.flatMap(({ badges }) => badges).find((each) => each.id === id);
  return profile === undefined || badge === undefined ? undefined : { ...profile, badge };
}

/** What this server has stated of one badge that is shown; `undefined` where the badge is not. */
export async function showStatements(
  shelf: Shelf,
  id: string,
  deps: Deps & { readonly witness: Witness },
): Promise<WitnessFile | undefined> {
  const { origin, signer } = deps.witness;
  const statements = await deps.storage.read(async (session) => {
    const profile = await loadProfile(shelf, session, deps.publicOrigin);
    const badge = profile?.collections.flatMap(({ badges }) => badges).find((each) => each.id === id);
    const account = (await manifestAt(shelf, session))?.account;
    if (badge?.document === undefined || account === undefined) return undefined;
    const seen = await session.sightings.of(account, badge.document);
    return seen.flatMap((run) => run.statements);
  });
  if (statements === undefined) return undefined;
  return { type: 'backpack-witness', iss: origin, ...(await witnessKeysOf(signer)), statements };
}

/** The manifest itself, as its owner signed it. */
export async function showManifest(shelf: Shelf, { storage }: Deps): Promise<KeptManifest | undefined> {
  return storage.read((session) => manifestAt(shelf, session));
}

/** No other name than a secret one leads to an unlisted collection, and none to a manifest of another kind. */
async function manifestAt(
  { handle, secret }: Shelf,
  { published }: Session,
): Promise<KeptManifest | undefined> {
  if (secret !== undefined && !isSecretName(secret)) return undefined;
  return published.shownAt(handle, secret ?? mainSlug);
}

/**
 * The profile's page: as it was last rendered, or rendered now and kept until something of it changes.
 * `version`: of the templates; a page of another version is rendered anew.
 */
export async function profilePage(
  handle: Handle,
  version: string,
  render: (profile: ShownProfile) => { html: string; tag: string },
  { storage, publicOrigin }: Deps,
): Promise<{ html: string; tag: string } | undefined> {
  const kept = await storage.ask(({ published }) => published.page(handle));
  if (kept?.version === version) return kept;
  const { owner } = (await storage.read(({ handles }) => handles.find(handle))) ?? {};
  if (owner === undefined) return undefined;
  // Loaded and kept in one transaction, or a page loaded before an unpublishing could be kept after it.
  const rendered = await storage.write(owner, async (session) => {
    const manifest = await manifestAt({ handle }, session);
    const profile = await loadProfile({ handle }, session, publicOrigin);
    if (manifest?.account !== owner || profile === undefined) return ok(undefined);
    const page = render(profile);
    await session.published.keepPage({ handle, account: owner, version, ...page });
    return ok(page);
  });
  if (!rendered.ok) throw rendered.error;
  return rendered.value;
}

async function loadProfile(
  shelf: Shelf,
  session: Session,
  origin: string,
): Promise<ShownProfile | undefined> {
  const kept = await manifestAt(shelf, session);
  const parsed = kept === undefined ? undefined : await parseManifest(kept.token);
  if (kept === undefined || parsed?.ok !== true) return undefined;
  const { manifest } = parsed.value;
  const show = await badgeShower(manifest, kept.account, session);
  const collections = [];
  for (const { slug, title, about, items } of manifest.collections) {
    const badges = [];
    for (const item of items) badges.push(await show(item));
    collections.push({ slug, title, ...(about === undefined ? {} : { about }), badges });
  }
  return {
    origin,
    ...shelf,
    ...(manifest.name === undefined ? {} : { name: manifest.name }),
    ...(manifest.about === undefined ? {} : { about: manifest.about }),
    ...(manifest.theme === undefined ? {} : { theme: manifest.theme }),
    ...(await coverOf(manifest, kept.account, session)),
    identity: manifest.sub,
    // Proven when it was published.
    formerly: (await formerIdentities(manifest.formerly ?? [], manifest.sub)) ?? [],
    publishedAt: manifest.at,
    listed: manifest.search === true,
    collections,
  };
}

/** The cover, where what was published under that name is a picture. */
async function coverOf(
  { cover }: Manifest,
  account: AccountId,
  { published }: Session,
): Promise<{ cover?: Sha256 }> {
  if (cover === undefined) return {};
  const mediaTypes = await published.mediaTypes(account, [cover]);
  return mediaTypes.get(cover)?.startsWith('image/') === true ? { cover } : {};
}

async function badgeShower(manifest: Manifest, account: AccountId, session: Session) {
  const items = manifest.collections.flatMap((collection) => collection.items);
  const checks = await session.checks.of(
    account,
    items.flatMap((item) => ('doc' in item ? [item.doc] : [])),
  );
  const sightings = await session.sightings.ofAll(account);
  const hashes = items.flatMap((item) => [...('doc' in item ? [item.doc] : []), ...(item.with ?? [])]);
  const mediaTypes = await session.published.mediaTypes(account, [...new Set(hashes)]);
  return async (item: ManifestItem): Promise<ShownBadge> => {
    // A picture laid beside the document is the learner's choice; else a baked one shows itself.
    const pictures = [...(item.with ?? []), ...('doc' in item ? [item.doc] : [])];
    const picture = pictures.find((hash) => mediaTypes.get(hash)?.startsWith('image/') === true);
    const found =
      'doc' in item
        ? foundOf(item, checks.get(item.doc))
        : await saidOf(item.said, item.seenValidAt, account, session);
    const badge = found.badge === undefined ? undefined : asAgreed(found.badge, item, manifest.sub);
    const hash = 'doc' in item ? item.doc : item.said;
    return {
      id: hash.slice(0, badgeIdLength),
      ...found,
      badge,
      ...('doc' in item ? { document: item.doc } : {}),
      ...(picture === undefined ? {} : { picture }),
      ...(item.note === undefined ? {} : { note: item.note }),
      seen: (sightings.get(hash) ?? []).map(({ statements: _, ...seen }) => seen),
    };
  };
}

/**
 * A recipient who is to be hidden is named by the published document alone, not repeated by page or data. That a badge
 * names the very key that signed the page gives nothing away.
 */
function asAgreed(badge: Badge, { recipient }: ManifestItem, signer: string): Badge {
  if (recipient === 'confirm') return badge;
  const own = badge.recipients.filter(({ type, identity }) => type === 'did' && identity === signer);
  return { ...badge, recipients: own };
}

type Found = Pick<ShownBadge, 'badge' | 'verdict' | 'issuerProof' | 'standing' | 'seenAt'>;

function foundOf(item: ManifestItem, check: KeptCheck | undefined): Found {
  const { checked, recorded } = readFindings(check?.result);
  if (checked !== undefined && check?.checkedAt !== undefined)
    return { badge: undefined, ...checked, standing: 'checked', seenAt: check.checkedAt };
  const shown = recorded ?? unreadFinding(item.seenValidAt);
  return {
    badge: undefined,
    ...shown,
    verdict: asRecorded(shown.verdict),
    issuerProof: { kind: 'none' },
    standing: 'recorded',
    seenAt: item.seenValidAt,
  };
}

async function saidOf(hash: Sha256, at: Instant, account: AccountId, session: Session): Promise<Found> {
  const document = await session.published.document(account, hash);
  const finding = (document === undefined ? undefined : saidFinding(document.bytes)) ?? unreadFinding(at);
  const verdict = asRecorded(finding.verdict);
  return { badge: undefined, ...finding, verdict, standing: 'recorded', seenAt: at };
}

/** Whoever reads the data alone must not read "valid" of what this server did not check (T72). */
function asRecorded(verdict: Verdict): Verdict {
  return verdict.outcome === 'valid'
    ? { ...verdict, outcome: 'unreachable', reason: 'document-unreachable' }
    : verdict;
}
