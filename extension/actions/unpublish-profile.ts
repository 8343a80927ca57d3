import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { profileDocId, profileFields, unlistedField } from '../store/profile-doc.ts';
import { type PublishDeps, readProfile, readUnlisted } from './publish-profile.ts';
import { endManifest } from './put-manifest.ts';

/**
 * Ends the public profile and every unlisted collection: the server deletes their documents in the same transaction, and
 * their addresses say "not found". The handle stays the learner's. Nothing in the backpack changes.
 * Errors: `no-account`, those of the server.
 */
export async function unpublishProfile(deps: Omit<PublishDeps, 'root'>): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const profile = await readProfile(deps);
  const companion = deps.companion(row.server);
  const device = { signer: await deviceSigner(row), acct: row.acct };
  const ended = await endManifest(mainSlug, profile?.manifest, { companion, device });
  if (!ended.ok) return ended;
  const unlisted = [...(await readUnlisted(deps)).keys()].map((name) => unlistedField(name, null));
  if (profile !== undefined) {
    const { manifest: _, ...rest } = profile;
    const fields = profileFields({ ...rest, state: 'ended' }, deps.clock());
    await deps.changeDoc(profileDocId, Object.assign({}, fields, ...unlisted));
  }
  return ok(null);
}
