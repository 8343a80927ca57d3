import {
  type Handle,
  parseHandle,
  parseSha256,
  parseUrl,
  type Sha256,
  type Url,
} from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { didOfIdentity } from '../../shared/publish/identity-did.ts';
import {
  type Manifest,
  type ManifestHead,
  type ManifestItem,
  signManifest,
} from '../../shared/publish/manifest.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import type { RootKeys } from '../../shared/sync/key-schedule.ts';
import type { Companion, Speaker } from '../companion.ts';
import type { AccountRow } from '../store/account-rows.ts';
import { identityDocId, successionsTo } from '../store/identity-doc.ts';
import { type KeptProfile, keptProfileOf, profileDocId, profileFields } from '../store/profile-doc.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { pullChain } from './change-keys.ts';
import { markOfHead, noteOwnManifest } from './own-manifest.ts';
import { gatherBadge, identitiesIn } from './published-badge.ts';

/** What the learner wants to show: this and nothing else becomes readable. */
export type ProfileToPublish = {
  readonly handle: string;
  readonly name: string;
  readonly about: string;
  readonly badges: readonly DocId[];
  /** those of them that are shown by description and result only, without their document */
  readonly said?: readonly DocId[];
  /** search engines may list the page; not unless the learner says so */
  readonly search?: boolean;
};

/** What the learner was shown and agreed to: the hash of every document that becomes readable. */
export type Consent = { readonly documents: readonly string[] };

export type PublishDeps = UnlockedDeps & {
  /** writes fields of one of the learner's documents, saved when it resolves */
  readonly changeDoc: (id: DocId, fields: JsonObject) => Promise<void>;
};

/** How often a manifest is signed anew because another device published meanwhile. */
const maxTries = 5;

/**
 * Publishes a profile: takes the handle, lays down each document, then signs the list of them. The signature is the
 * consent (design §9); the learner gave it on the page that calls this. Every step may be repeated.
 * `consent`: a check or another device may have added documents since they were listed; then nothing is sent.
 * Errors: `locked`, `no-account`, `handle-not-allowed`, `handle-taken`, `document-missing`, `disclosure-differs`,
 * `sync-distrust`, those of the server.
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
  const identities = await identitiesIn(deps.storage);
  const documents = new Map<Sha256, Uint8Array>();
  const items: ManifestItem[] = [];
  for (const badge of profile.badges) {
    const as = profile.said?.includes(badge) === true ? 'said' : 'whole';
    const gathered = await gatherBadge(badge, as, identities, deps.storage);
    if (!gathered.ok) return gathered;
    items.push(gathered.value.item);
    for (const [hash, bytes] of gathered.value.documents) documents.set(hash, bytes);
  }
  if (!isAgreedTo(documents, consent)) return failed(new BackpackError('disclosure-differs'));
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
  for (const [hash, bytes] of documents) {
    const put = await companion.putDocument(hash, bytes, device);
    if (!put.ok) return put;
  }
  // Written first: should the answer be lost, what may be public is shown as public and can be ended.
  const sending: KeptProfile = {
    ...profile,
    said: profile.said ?? [],
    search: profile.search === true,
    state: 'sending',
    ...(before?.manifest === undefined ? {} : { manifest: before.manifest }),
  };
  await deps.changeDoc(profileDocId, profileFields(sending, deps.clock()));
  const published = await putManifest({ ...profile, handle: handle.value }, items, before?.manifest, {
    row,
    root,
    companion,
    device,
    deps,
  });
  if (!published.ok) {
    const refused = published.error.code !== 'companion-unreachable';
    const kept: KeptProfile = refused ? (before ?? { ...sending, state: 'ended' }) : sending;
    await deps.changeDoc(profileDocId, profileFields(kept, deps.clock()));
    return published;
  }
  const { said, search } = sending;
  const shown: KeptProfile = { ...profile, said, search, state: 'published', manifest: published.value };
  await deps.changeDoc(profileDocId, profileFields(shown, deps.clock()));
  return ok({ address: profileAddressOf(row.server, handle.value) });
}

/** True when exactly what was listed would be sent: nothing that nobody saw, and nothing less. */
function isAgreedTo(documents: ReadonlyMap<Sha256, Uint8Array>, consent: Consent): boolean {
  const agreed = new Set(consent.documents);
  return agreed.size === documents.size && [...documents.keys()].every((hash) => agreed.has(hash));
}

/** Where a profile is seen. */
export function profileAddressOf(server: Url, handle: string): Url {
  const address = parseUrl(`/@${handle}`, server);
  return address.ok ? address.value : server;
}

/** What is published, as far as this device knows. */
export async function readProfile(deps: Pick<UnlockedDeps, 'storage'>): Promise<KeptProfile | undefined> {
  const [doc] = await deps.storage.read((tables) => tables.docs.get([profileDocId]));
  return keptProfileOf(doc);
}

async function putManifest(
  profile: Omit<ProfileToPublish, 'handle'> & { readonly handle: Handle },
  items: readonly ManifestItem[],
  known: ManifestHead | undefined,
  by: {
    readonly row: AccountRow;
    readonly root: RootKeys;
    readonly companion: Companion;
    readonly device: Speaker;
    readonly deps: PublishDeps;
  },
): Promise<Result<ManifestHead>> {
  let standing = known;
  let last: Result<never> = failed(new BackpackError('manifest-stale'));
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const { mark, n } = await markOfHead(by.row, by.deps);
    const manifest = await manifestOf(profile, items, mark, standing, by);
    const token = await signManifest(manifest, by.root.identity);
    const put = await by.companion.putManifest(token, standing?.seq ?? 0, by.device);
    if (put.ok) await noteOwnManifest(put.value, n, by.deps);
    if (put.ok) return put;
    last = put;
    if (put.error.code !== 'manifest-stale') return put;
    standing = standingIn(put.error);
  }
  return last;
}

async function manifestOf(
  profile: Omit<ProfileToPublish, 'handle'> & { readonly handle: Handle },
  items: readonly ManifestItem[],
  mark: Sha256,
  standing: ManifestHead | undefined,
  { root, deps }: Parameters<typeof putManifest>[3],
): Promise<Manifest> {
  const sub = didOfIdentity(root.identity.key);
  const [identities] = await deps.storage.read((tables) => tables.docs.get([identityDocId]));
  const formerly = await successionsTo(sub, identities);
  return {
    v: 1,
    sub,
    handle: profile.handle,
    seq: (standing?.seq ?? 0) + 1,
    prev: standing?.h ?? null,
    at: deps.clock(),
    consent: 'publish-1',
    mark,
    ...(formerly === undefined ? {} : { formerly: [...formerly] }),
    ...(profile.name === '' ? {} : { name: profile.name }),
    ...(profile.about === '' ? {} : { about: profile.about }),
    ...(profile.search === true ? { search: true as const } : {}),
    collections: [{ slug: 'badges', title: '', listed: true, items: [...items] }],
  };
}

/** The manifest that the server says stands; `undefined` when it says that none does. */
export function standingIn(error: BackpackError): ManifestHead | undefined {
  const hash = parseSha256(String(error.facts['h']));
  const seq = error.facts['seq'];
  return hash.ok && typeof seq === 'number' ? { seq, h: hash.value } : undefined;
}
