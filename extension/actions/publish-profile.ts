import { parseHandle, parseUrl, type Sha256, type Url } from '../../shared/model/brands.ts';
import { BackpackError, type ErrorCode } from '../../shared/model/errors.ts';
import { canonicalJson, type JsonObject } from '../../shared/model/json.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { type Theme, themeOf, themes } from '../../shared/model/themes.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import type { ManifestHead } from '../../shared/publish/manifest.ts';
import { splitBlob } from '../../shared/sync/blobs.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import type { BlobPart } from '../../shared/sync/storage.ts';
import {
  type KeptProfile,
  keptProfileOf,
  profileDocId,
  profileFields,
  unlistedField,
  unlistedIn,
} from '../store/profile-doc.ts';
import type { ShownCollection } from '../store/shown-collections.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { pullChain } from './change-keys.ts';
import { type Cover, type GatheredProfile, gatherProfile, plannedCollections } from './gather-profile.ts';
import { endManifest, type ManifestWords, type Publishing, putManifest } from './put-manifest.ts';

/** What the learner wants to show: this and nothing else becomes readable. */
export type ProfileToPublish = {
  readonly handle: string;
  readonly name: string;
  readonly about: string;
  /** badges that are shown by themselves */
  readonly badges: readonly DocId[];
  /** the collections as the learner was shown them; refused where they are not that any more */
  readonly collections?: readonly ShownCollection[];
  /** those badges that are shown by description and result only, without their document */
  readonly said?: readonly DocId[];
  /** search engines may list the page; not unless the learner says so */
  readonly search?: boolean;
  /** how the page looks; as usual where nothing is said */
  readonly theme?: Theme;
  /** the picture across its head */
  readonly cover?: Cover | undefined;
};

/** What the learner was shown and agreed to: the hash of every document that becomes readable. */
export type Consent = { readonly documents: readonly string[] };

export type PublishDeps = UnlockedDeps & {
  /** writes fields of one of the learner's documents, with bytes that they name; saved when it resolves */
  readonly changeDoc: (id: DocId, fields: JsonObject, parts?: readonly BlobPart[]) => Promise<void>;
};

/**
 * Publishes a profile and the unlisted collections: takes the handle, lays down each document, then signs the lists of
 * them. The signatures are the consent (design §9); the learner gave it on the page that calls this. Every step may be
 * repeated. What is not to be read any more goes first.
 * `consent`: a check or another device may have added documents, or changed a collection, since they were listed; then
 * nothing is sent. Errors: `locked`, `no-account`, `handle-not-allowed`, `handle-taken`, `document-missing`,
 * `disclosure-differs`, `sync-distrust`, those of the server.
 */
export async function publishProfile(
  profile: ProfileToPublish,
  consent: Consent,
  deps: PublishDeps,
): Promise<Result<{ readonly address: Url }>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const root = deps.root.keys();
  if (root === undefined) return failed(new BackpackError('locked'));
  const handle = parseHandle(profile.handle);
  if (!handle.ok) return handle;
  const { said = [], collections = [], cover, ...chosen } = profile;
  const gathered = await gatherProfile({ ...profile, said, collections }, deps.storage);
  if (!gathered.ok) return gathered;
  const planned = await plannedCollections(deps.storage);
  const isSame = canonicalJson(jsonOf(planned)) === canonicalJson(jsonOf(collections));
  if (!isSame || !isAgreedTo(gathered.value, consent)) return failed(new BackpackError('disclosure-differs'));
  const companion = deps.companion(row.server);
  // The mark in it is of a log read to its head; and nothing is published at a server that is not believed.
  const read = await deps.alone(() => pullChain(row, deps));
  if (!read.ok) return read;
  const known = await readProfile(deps);
  const moves = known !== undefined && known.handle !== '' && known.handle !== handle.value;
  const taken = await companion.putHandle(
    { handle: handle.value, ...(moves ? { move: true } : {}) },
    { signer: root.account, acct: row.acct },
  );
  if (!taken.ok) return taken;
  const before = moves ? { ...known, handle: handle.value } : known;
  // The handle is another from here on, whatever becomes of the rest.
  if (moves)
    await deps.changeDoc(profileDocId, profileFields({ ...known, handle: handle.value }, deps.clock()));
  const device = { signer: await deviceSigner(row), acct: row.acct };
  const by: Publishing = { row, root, companion, device, deps };
  const ended = await endOthers(gathered.value, by, deps);
  if (!ended.ok) return ended;
  // Written first: should the answer be lost, what may be public is shown as public and can be ended.
  const sending: KeptProfile = {
    ...chosen,
    collections,
    said,
    search: profile.search === true,
    theme: themeOf(profile.theme),
    ...(cover === undefined ? {} : { cover: cover.hash }),
    state: 'sending',
    ...(before?.manifest === undefined ? {} : { manifest: before.manifest }),
  };
  const parts = cover?.bytes === undefined ? [] : splitBlob(cover.hash, cover.bytes);
  const looksNew = cover?.hash !== before?.cover;
  await deps.changeDoc(profileDocId, profileFields(sending, deps.clock()), looksNew ? parts : undefined);
  const words = {
    handle: handle.value,
    ...(profile.name === '' ? {} : { name: profile.name }),
    ...(sending.theme === themes[0] ? {} : { theme: sending.theme }),
  };
  const { main, unlisted } = gathered.value;
  const mainWords: ManifestWords = {
    ...words,
    ...(profile.about === '' ? {} : { about: profile.about }),
    ...(cover === undefined ? {} : { cover: cover.hash }),
    ...(profile.search === true ? { search: true as const } : {}),
    collections: main.collections,
  };
  const published = await putManifest(mainSlug, mainWords, main.documents, before?.manifest, by);
  if (!published.ok) {
    const isRefused = !isInDoubt.has(published.error.code);
    const kept: KeptProfile = isRefused ? (before ?? { ...sending, state: 'ended' }) : sending;
    await deps.changeDoc(profileDocId, profileFields(kept, deps.clock()));
    return published;
  }
  const shown: KeptProfile = { ...sending, manifest: published.value };
  await deps.changeDoc(profileDocId, profileFields(shown, deps.clock()));
  const standing = await readUnlisted(deps);
  for (const [name, chapters] of unlisted) {
    await deps.changeDoc(profileDocId, unlistedField(name, standing.get(name) ?? 'sending'));
    const own = { ...words, collections: chapters.collections };
    const put = await putManifest(name, own, chapters.documents, standing.get(name), by);
    if (!put.ok) return put;
    await deps.changeDoc(profileDocId, unlistedField(name, put.value));
  }
  await deps.changeDoc(profileDocId, profileFields({ ...shown, state: 'published' }, deps.clock()));
  return ok({ address: profileAddressOf(row.server, handle.value) });
}

/** After these nobody knows whether it was done: no answer came, or one of whatever stands between, or of a server in trouble. */
const isInDoubt: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'companion-unreachable',
  'companion-misbehaved',
  'unexpected',
  'unavailable',
]);

/** Ends the unlisted collections that are readable and are not to be any more. */
async function endOthers(
  { unlisted }: GatheredProfile,
  by: Publishing,
  deps: PublishDeps,
): Promise<Result<null>> {
  for (const [name, known] of await readUnlisted(deps)) {
    if (unlisted.has(name)) continue;
    const ended = await endManifest(name, known, by);
    if (!ended.ok) return ended;
    await deps.changeDoc(profileDocId, unlistedField(name, null));
  }
  return ok(null);
}

function jsonOf(collections: readonly ShownCollection[]) {
  return collections.map((one) => ({ ...one, badges: [...one.badges] }));
}

/** True when exactly what was listed would be sent: nothing that nobody saw, and nothing less. */
function isAgreedTo({ main, unlisted }: GatheredProfile, consent: Consent): boolean {
  const agreed = new Set(consent.documents);
  const chapters = [main, ...unlisted.values()];
  const sent = new Set<string>(chapters.flatMap(({ documents }): Sha256[] => [...documents.keys()]));
  return agreed.size === sent.size && [...sent].every((hash) => agreed.has(hash));
}

/** Where a profile is seen, or one of its collections. */
export function profileAddressOf(server: Url, handle: string, collection?: string): Url {
  const address = parseUrl(collection === undefined ? `/@${handle}` : `/@${handle}/${collection}`, server);
  return address.ok ? address.value : server;
}

/** What is published, as far as this device knows. */
export async function readProfile(deps: Pick<UnlockedDeps, 'storage'>): Promise<KeptProfile | undefined> {
  const [doc] = await deps.storage.read((tables) => tables.docs.get([profileDocId]));
  return keptProfileOf(doc);
}

/** The unlisted collections that may be readable, as far as this device knows. */
export async function readUnlisted(
  deps: Pick<UnlockedDeps, 'storage'>,
): Promise<ReadonlyMap<string, ManifestHead | undefined>> {
  const [doc] = await deps.storage.read((tables) => tables.docs.get([profileDocId]));
  return unlistedIn(doc);
}
