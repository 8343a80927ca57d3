import { type Handle, parseHandle } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import { didOfIdentity, identityOfDid } from '../../shared/publish/identity-did.ts';
import {
  type ManifestHead,
  parseManifest,
  signManifest,
  verifyManifest,
} from '../../shared/publish/manifest.ts';
import { readSuccession } from '../../shared/publish/succession.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { identityDocId, successionsTo } from '../store/identity-doc.ts';
import { profileDocId, profileFields, unlistedField } from '../store/profile-doc.ts';
import { markOfHead, noteOwnManifest } from './own-manifest.ts';
import { type PublishDeps, readProfile, readUnlisted } from './publish-profile.ts';
import type { Publishing } from './put-manifest.ts';

/**
 * Signs what is published with the identity that the learner has now, word for word, and adds how he came to it. Nothing
 * more becomes readable than was. Where nothing is published nothing happens.
 * Errors: `locked`, `no-account`, `manifest-refused` when the server shows another manifest than the one that was
 * published, those of the server.
 */
export async function signProfileAnew(deps: PublishDeps): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const root = deps.root.keys();
  if (root === undefined) return failed(new BackpackError('locked'));
  const profile = await readProfile(deps);
  const handle = parseHandle(profile?.handle ?? '');
  if (profile?.state !== 'published' || profile.manifest === undefined || !handle.ok) return ok(null);
  const companion = deps.companion(row.server);
  const device = { signer: await deviceSigner(row), acct: row.acct };
  const by: Publishing = { row, root, companion, device, deps };
  const signed = await signOneAnew(mainSlug, handle.value, profile.manifest, by);
  if (!signed.ok) return signed;
  if (signed.value !== null) {
    const { head, n } = signed.value;
    await noteOwnManifest(mainSlug, head, n, deps);
    await deps.changeDoc(profileDocId, profileFields({ ...profile, manifest: head }, deps.clock()));
  }
  for (const [name, known] of await readUnlisted(deps)) {
    if (known === undefined) continue;
    const own = await signOneAnew(name, handle.value, known, by);
    if (!own.ok) return own;
    if (own.value === null) continue;
    await noteOwnManifest(name, own.value.head, own.value.n, deps);
    await deps.changeDoc(profileDocId, unlistedField(name, own.value.head));
  }
  return ok(null);
}

/** `null` where it is signed by the present identity, or that one came from nowhere. */
async function signOneAnew(
  slug: string,
  handle: Handle,
  known: ManifestHead,
  by: Publishing,
): Promise<Result<{ readonly head: ManifestHead; readonly n: number } | null>> {
  const { row, root, companion, device, deps } = by;
  const [doc] = await deps.storage.read((tables) => tables.docs.get([identityDocId]));
  const sub = didOfIdentity(root.identity.key);
  const formerly = await successionsTo(sub, doc);
  const last = formerly?.at(-1);
  const former = last === undefined ? undefined : identityOfDid((await readSuccession(last))?.from ?? sub);
  if (formerly === undefined || former === undefined) return ok(null);
  const shown = await companion.readManifest(handle, slug === mainSlug ? undefined : slug);
  if (!shown.ok) return shown;
  const parsed = await parseManifest(shown.value);
  if (!parsed.ok) return parsed;
  if (parsed.value.manifest.sub === sub) return ok(null);
  const isOurs = parsed.value.hash === known.h && (await verifyManifest(parsed.value, former));
  if (!isOurs) return failed(new BackpackError('manifest-refused', { member: 'signature' }));
  const { seq } = parsed.value.manifest;
  const { mark, n } = await markOfHead(row, deps);
  const manifest = {
    ...parsed.value.manifest,
    sub,
    formerly: [...formerly],
    seq: seq + 1,
    prev: parsed.value.hash,
    at: deps.clock(),
    mark,
  };
  const token = await signManifest(manifest, root.identity);
  const put = await companion.putManifest(token, seq, device, slug);
  return put.ok ? ok({ head: put.value, n }) : put;
}
