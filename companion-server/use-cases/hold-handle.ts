import type { KeyObject } from 'node:crypto';
import { type Handle, instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { handleReservationDays } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { HandleRequest } from '../../shared/protocol/handle.ts';
import { mainSlug } from '../../shared/protocol/publishing.ts';
import type { AccountId, Storage } from '../storage/storage.ts';
import { blinded } from './blinded.ts';
import { refusalOfClosed } from './close-profile.ts';
import { endPublication } from './end-publication.ts';
import { isReservedHandle } from './reserved-handles.ts';

type Deps = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly pepper: KeyObject;
  readonly blockedHandles: ReadonlySet<Handle>;
};

/**
 * Takes a handle for an account; with `move` in the place of the one that it has, whose address leads to the new one. Which of many claims wins is decided by the unique index alone.
 * Errors: `handle-taken`: someone's, reserved, blocked by the operator, lately released by another, or the account has another;
 * `profile-taken-down`, `profile-suspended` by the operator; `unauthorized` when the account is gone.
 */
export async function claimHandle(
  account: AccountId,
  { handle, move }: HandleRequest,
  deps: Deps,
): Promise<Result<{ handle: Handle }>> {
  if (isReservedHandle(handle)) return taken(handle);
  const blindedOwner = blind(account, deps.pepper);
  const releasedBefore = instantOf(millisecondsOf(deps.clock()) - handleReservationDays * 24 * 3600 * 1000);
  return deps.storage.write(account, async (session) => {
    const { accounts, handles, published } = session;
    // Deleted since the request was admitted: nothing of it may come back.
    if ((await accounts.find(account)) === undefined) return failed(new BackpackError('unauthorized'));
    const closed = await refusalOfClosed(account, session);
    if (closed !== undefined) return failed(closed);
    const current = await handles.of(account);
    if (current === handle) return ok({ handle });
    if (current !== undefined && move !== true) return taken(handle);
    // Whoever has it already keeps it: taking a page down is another thing than keeping names back.
    if (deps.blockedHandles.has(handle)) return taken(handle);
    if (current !== undefined) {
      // Who had ended his page, and shows himself under another name, is not to be found by the old one.
      const isShown = (await published.manifest(account, mainSlug)) !== undefined;
      // Undone with the transaction, where the new one cannot be had.
      await handles.release(account, deps.clock(), isShown);
      // Nothing stands at either address before it is published under the new name.
      await session.listed.remove(account);
    }
    const claimed =
      (await handles.claim(handle, account, blindedOwner)) ||
      (await handles.reclaim(handle, account, blindedOwner, releasedBefore));
    return claimed ? ok({ handle }) : taken(handle);
  });
}

/**
 * Gives the handle back and ends what is published under it. Nothing to give back is no failure.
 * Errors: `profile-taken-down`, `profile-suspended`: by its handle the operator finds again what he closed.
 */
export function releaseHandle(account: AccountId, deps: Deps): Promise<Result<void>> {
  return deps.storage.write(account, async (session) => {
    const closed = await refusalOfClosed(account, session);
    if (closed !== undefined) return failed(closed);
    await endPublication(account, session);
    await session.handles.release(account, deps.clock(), false);
    return ok(undefined);
  });
}

/** Deletes the account: every row but its released handle's, which names the owner only blinded. */
export function deleteAccount(account: AccountId, deps: Deps): Promise<Result<void>> {
  return deps.storage.write(account, async ({ handles, accounts }) => {
    await handles.endRedirects(account);
    await handles.release(account, deps.clock(), false);
    await accounts.erase(account);
    return ok(undefined);
  });
}

/** A former owner is recognised, but an erased account cannot be read out of a reservation. */
function blind(account: AccountId, pepper: KeyObject): string {
  return blinded(`handle|${account}`, pepper);
}

function taken(handle: Handle): Result<never> {
  return failed(new BackpackError('handle-taken', { handle }));
}
