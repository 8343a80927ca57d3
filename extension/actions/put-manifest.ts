import { type Handle, parseSha256, type Sha256 } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { didOfIdentity } from '../../shared/publish/identity-did.ts';
import { type Manifest, type ManifestHead, signManifest } from '../../shared/publish/manifest.ts';
import type { RootKeys } from '../../shared/sync/key-schedule.ts';
import type { Companion, Speaker } from '../companion.ts';
import type { AccountRow } from '../store/account-rows.ts';
import { identityDocId, successionsTo } from '../store/identity-doc.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { markOfHead, noteOwnManifest } from './own-manifest.ts';

/** Who publishes, by what, and where. */
export type Publishing = {
  readonly row: AccountRow;
  readonly root: RootKeys;
  readonly companion: Companion;
  readonly device: Speaker;
  readonly deps: UnlockedDeps;
};

/** What a manifest says beside who signs it, where it stands in the row, and what it is a mark of. */
export type ManifestWords = Pick<
  Manifest,
  'name' | 'about' | 'theme' | 'cover' | 'search' | 'collections'
> & {
  readonly handle: Handle;
};

/** How often a manifest is signed anew because another device published meanwhile. */
const maxTries = 5;

/**
 * Lays down what a manifest names and puts it in the place of the one that stands. The documents come right before it,
 * because every publication takes with it what no manifest names. `known`: the one that stood when this device looked
 * last. Errors: `manifest-stale`, those of the server.
 */
export async function putManifest(
  slug: string,
  words: ManifestWords,
  documents: ReadonlyMap<Sha256, Uint8Array>,
  known: ManifestHead | undefined,
  by: Publishing,
): Promise<Result<ManifestHead>> {
  for (const [hash, bytes] of documents) {
    const laid = await by.companion.putDocument(hash, bytes, by.device);
    if (!laid.ok) return laid;
  }
  let standing = known;
  let last: Result<never> = failed(new BackpackError('manifest-stale'));
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const { mark, n } = await markOfHead(by.row, by.deps);
    const token = await signManifest(await manifestOf(words, mark, standing, by), by.root.identity);
    const put = await by.companion.putManifest(token, standing?.seq ?? 0, by.device, slug);
    // What everybody is shown is what a browser looks at once a day.
    if (put.ok) await noteOwnManifest(slug, put.value, n, by.deps);
    if (put.ok) return put;
    last = put;
    if (put.error.code !== 'manifest-stale') return put;
    standing = standingIn(put.error);
  }
  return last;
}

/** Ends what a manifest publishes, whichever stands by now. Errors: `manifest-stale`, those of the server. */
export async function endManifest(
  slug: string,
  known: ManifestHead | undefined,
  { companion, device }: Pick<Publishing, 'companion' | 'device'>,
): Promise<Result<null>> {
  let from = known?.seq ?? 0;
  let last: Result<never> = failed(new BackpackError('manifest-stale'));
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const ended = await companion.deleteManifest(from, device, slug);
    if (ended.ok) return ok(null);
    last = ended;
    if (ended.error.code !== 'manifest-stale') return ended;
    from = standingIn(ended.error)?.seq ?? 0;
  }
  return last;
}

async function manifestOf(
  words: ManifestWords,
  mark: Sha256,
  standing: ManifestHead | undefined,
  { root, deps }: Publishing,
): Promise<Manifest> {
  const { handle, collections, ...more } = words;
  const sub = didOfIdentity(root.identity.key);
  const [identities] = await deps.storage.read((tables) => tables.docs.get([identityDocId]));
  const formerly = await successionsTo(sub, identities);
  return {
    v: 1,
    sub,
    handle,
    seq: (standing?.seq ?? 0) + 1,
    prev: standing?.h ?? null,
    at: deps.clock(),
    consent: 'publish-1',
    mark,
    ...(formerly === undefined ? {} : { formerly: [...formerly] }),
    ...more,
    collections,
  };
}

/** The manifest that the server says stands; `undefined` when it says that none does. */
function standingIn(error: BackpackError): ManifestHead | undefined {
  const hash = parseSha256(String(error.facts['h']));
  const seq = error.facts['seq'];
  return hash.ok && typeof seq === 'number' ? { seq, h: hash.value } : undefined;
}
