import type { Badge } from '../../shared/model/badge.ts';
import type { Handle, Instant, Sha256 } from '../../shared/model/brands.ts';
import type { ProfileData, PublishedBadge, Shelf } from '../../shared/model/page-data.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import { badgeIdOf } from '../../shared/publish/badge-id.ts';
import {
  isSecretName,
  type Manifest,
  type ManifestItem,
  parseManifest,
} from '../../shared/publish/manifest.ts';
import { maxSaidBytes } from '../../shared/publish/said.ts';
import { formerIdentities } from '../../shared/publish/succession.ts';
import type { AccountId, KeptManifest, Session } from '../storage/storage.ts';
import { type Finding, type Findings, readFindings, saidFinding, unreadFinding } from './published-badge.ts';

/** Where a collection of that name stands: below a secret one, or on the profile. */
export function shelfOf(handle: Handle, name: string): Shelf {
  return isSecretName(name) ? { handle, secret: name } : { handle };
}

type Collections = Manifest['collections'];

/** Chooses what is loaded of a manifest: nothing is asked about the rest. */
export type Part = (collections: Collections) => Collections;

const all: Part = (collections) => collections;

/** The one collection of a name, if there is one. */
export const collectionOf =
  (name: string): Part =>
  (collections) =>
    collections.filter(({ slug }) => slug === name);

/** The one badge of an id, if there is one. */
export const badgeOf =
  (id: string): Part =>
  (collections) => {
    for (const { items, ...collection } of collections) {
      const item = items.find((each) => badgeIdOf(hashOf(each)) === id);
      if (item !== undefined) return [{ ...collection, items: [item] }];
    }
    return [];
  };

/** No other name than a secret one leads to an unlisted collection, and none to a manifest of another kind. */
export async function manifestAt(
  { handle, secret }: Shelf,
  { published }: Session,
): Promise<KeptManifest | undefined> {
  if (secret !== undefined && !isSecretName(secret)) return undefined;
  return published.shownAt(handle, secret ?? mainSlug);
}

/** The same, read. */
export async function shownAt(
  shelf: Shelf,
  session: Session,
): Promise<{ readonly kept: KeptManifest; readonly manifest: Manifest } | undefined> {
  const kept = await manifestAt(shelf, session);
  const parsed = kept === undefined ? undefined : await parseManifest(kept.token);
  return kept === undefined || parsed?.ok !== true ? undefined : { kept, manifest: parsed.value.manifest };
}

/** What a manifest shows, and of its badges those of `part` alone; `undefined` where nothing is published. */
export async function loadProfile(
  shelf: Shelf,
  session: Session,
  origin: string,
  part: Part = all,
): Promise<ProfileData | undefined> {
  const shown = await shownAt(shelf, session);
  if (shown === undefined) return undefined;
  const { kept, manifest } = shown;
  const chosen = part(manifest.collections);
  const show = await badgeShower(
    chosen.flatMap(({ items }) => items),
    manifest.sub,
    kept.account,
    session,
  );
  const collections = [];
  for (const { slug, title, about, items } of chosen) {
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

function hashOf(item: ManifestItem): Sha256 {
  return 'doc' in item ? item.doc : item.said;
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

/** How much what is shown together may say, in letters: ten times as much as 1,000 badges usually do. */
const maxShownLength = 32 * 1024 * 1024;

async function badgeShower(
  items: readonly ManifestItem[],
  signer: string,
  account: AccountId,
  session: Session,
) {
  const documents = [...new Set(items.flatMap((item) => ('doc' in item ? [item.doc] : [])))];
  const checks = await session.checks.of(account, documents);
  const seen = await session.sightings.runs(account, documents);
  const hashes = items.flatMap((item) => [...('doc' in item ? [item.doc] : []), ...(item.with ?? [])]);
  const mediaTypes = await session.published.mediaTypes(account, [...new Set(hashes)]);
  const findings = once((doc: Sha256) => readFindings(checks.get(doc)?.result));
  const said = once((hash: Sha256) => readSaid(hash, account, session));
  let room = maxShownLength;
  return async (item: ManifestItem): Promise<PublishedBadge> => {
    // A picture laid beside the document is the learner's choice; else a baked one shows itself.
    const pictures = [...(item.with ?? []), ...('doc' in item ? [item.doc] : [])];
    const picture = pictures.find((hash) => mediaTypes.get(hash)?.startsWith('image/') === true);
    const found =
      'doc' in item
        ? foundOf(item, findings(item.doc), checks.get(item.doc)?.checkedAt)
        : saidOf(await said(item.said), item.seenValidAt);
    room -= JSON.stringify(found).length;
    const { badge, ...rest } = room > 0 ? found : byNameAlone(found);
    const hash = hashOf(item);
    return {
      id: badgeIdOf(hashOf(item)),
      ...rest,
      badge: badge === undefined ? undefined : asAgreed(badge, item, signer),
      ...('doc' in item ? { document: item.doc } : {}),
      ...(picture === undefined ? {} : { picture }),
      ...(item.note === undefined ? {} : { note: item.note }),
      seen: seen.get(hash) ?? [],
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

type Found = Pick<PublishedBadge, 'badge' | 'verdict' | 'issuerProof' | 'standing' | 'seenAt'>;

function foundOf(item: ManifestItem, { checked, recorded }: Findings, checkedAt: Instant | undefined): Found {
  if (checked !== undefined && checkedAt !== undefined)
    return { badge: undefined, ...checked, standing: 'checked', seenAt: checkedAt };
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

async function readSaid(hash: Sha256, account: AccountId, session: Session): Promise<Finding | undefined> {
  const document = await session.published.document(account, hash, maxSaidBytes);
  return document === undefined ? undefined : saidFinding(document.bytes);
}

function saidOf(found: Finding | undefined, at: Instant): Found {
  const finding = found ?? unreadFinding(at);
  const verdict = asRecorded(finding.verdict);
  return { badge: undefined, ...finding, verdict, standing: 'recorded', seenAt: at };
}

/** Each is made when it is asked for first: a manifest may name one document thousands of times. */
function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const before = made.get(key) ?? { value: make(key) };
    made.set(key, before);
    return before.value;
  };
}

/** What is left of a badge where those before it have said too much. */
function byNameAlone({ badge, verdict, ...found }: Found): Found {
  const named = badge && {
    ...badge,
    achievement: { name: badge.achievement.name, tags: [], alignments: [] },
    evidence: [],
    endorsements: [],
    results: [],
    parts: [],
    narrative: '',
  };
  return { ...found, badge: named, verdict: { ...verdict, checks: [] } };
}

/** Whoever reads the data alone must not read "valid" of what this server did not check (T72). */
function asRecorded(verdict: Verdict): Verdict {
  return verdict.outcome === 'valid'
    ? { ...verdict, outcome: 'unreachable', reason: 'document-unreachable' }
    : verdict;
}
