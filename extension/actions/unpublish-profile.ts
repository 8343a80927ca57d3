import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { profileDocId, profileFields } from '../store/profile-doc.ts';
import { type PublishDeps, readProfile, standingIn } from './publish-profile.ts';

const maxTries = 5;

/**
 * Ends the public profile: the server deletes its documents in the same transaction, and its address says "not found".
 * The handle stays the learner's. Nothing in the backpack changes. Errors: `no-account`, those of the server.
 */
export async function unpublishProfile(deps: Omit<PublishDeps, 'root'>): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const profile = await readProfile(deps);
  const companion = deps.companion(row.server);
  const device = { signer: await deviceSigner(row), acct: row.acct };
  let from = profile?.manifest?.seq ?? 0;
  let ended = await companion.deleteManifest(from, device);
  for (
    let attempt = 1;
    attempt < maxTries && !ended.ok && ended.error.code === 'manifest-stale';
    attempt += 1
  ) {
    from = standingIn(ended.error)?.seq ?? 0;
    ended = await companion.deleteManifest(from, device);
  }
  if (!ended.ok) return ended;
  if (profile !== undefined) {
    const { manifest: _, ...rest } = profile;
    const fields = profileFields({ ...rest, state: 'ended' }, deps.clock());
    await deps.changeDoc(profileDocId, fields);
  }
  return ok(null);
}
