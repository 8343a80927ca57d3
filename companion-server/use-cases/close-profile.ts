import type { Handle } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import { parseManifest } from '../../shared/publish/manifest.ts';
import type { AccountId, Closure, Session, Storage } from '../storage/storage.ts';
import { endPublication } from './end-publication.ts';

/**
 * Closes a profile by the operator's decision: nothing of it is readable any more, and nothing is published or claimed
 * for its account until it is reopened. Sealed records are synced as before. `taken-down`: what was published is
 * deleted in the same transaction; `suspended`: it is kept, and shown again once reopened.
 * Errors: `not-found` when nobody has the handle.
 */
export function closeProfile(
  handle: Handle,
  closure: Closure['closure'],
  deps: { readonly storage: Storage; readonly clock: Clock },
): Promise<Result<void>> {
  return ofOwner(handle, deps.storage, async (account, session) => {
    await session.closures.put(account, { closure, at: deps.clock() });
    if (closure === 'taken-down') await endPublication(account, session);
    else await session.listed.remove(account);
    return ok(undefined);
  });
}

/** Lets the profile be seen again, and its owner publish. Answers whether it was closed. Errors: `not-found`. */
export function reopenProfile(
  handle: Handle,
  { storage, clock }: { readonly storage: Storage; readonly clock: Clock },
): Promise<Result<boolean>> {
  return ofOwner(handle, storage, async (account, { closures, published, listed }) => {
    const kept = await published.manifest(account, mainSlug);
    const parsed = kept === undefined ? undefined : await parseManifest(kept.token);
    const isShown = parsed?.ok === true && parsed.value.manifest.handle === handle;
    if (isShown && parsed.value.manifest.search === true) await listed.put(account, handle, clock());
    return ok(await closures.remove(account));
  });
}

/** What a learner is told who would publish or change a handle while the profile is closed; `undefined`: it is open. */
export async function refusalOfClosed(
  account: AccountId,
  { closures }: Session,
): Promise<BackpackError | undefined> {
  const closed = await closures.of(account);
  return closed === undefined ? undefined : new BackpackError(`profile-${closed.closure}`);
}

async function ofOwner<Value>(
  handle: Handle,
  storage: Storage,
  work: (account: AccountId, session: Session) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const { owner } = (await storage.read(({ handles }) => handles.find(handle))) ?? {};
  if (owner === undefined) return failed(new BackpackError('not-found'));
  return storage.write(owner, async (session) =>
    // Given back since the look-up: then it is nobody's.
    (await session.handles.of(owner)) === handle
      ? work(owner, session)
      : failed(new BackpackError('not-found')),
  );
}
