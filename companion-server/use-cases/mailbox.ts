import { instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { mailboxLifetimeSeconds } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { isMailboxId } from '../../shared/sync/link-offer.ts';
import type { AccountId, KeptLetter, Storage } from '../storage/storage.ts';

type Deps = { readonly storage: Storage; readonly clock: Clock };

/**
 * Leaves a letter for a device that joins by link; gives `false` when this very letter lies there already.
 * Errors: `malformed-request`, `mailbox-filled`, `mailbox-closed`, `unauthorized` when the account is gone.
 */
export function fillMailbox(
  id: string,
  account: AccountId,
  box: string,
  { storage, clock }: Deps,
): Promise<Result<boolean>> {
  if (!isMailboxId(id))
    return Promise.resolve(failed(new BackpackError('malformed-request', { member: 'id' })));
  const now = clock();
  const closesAt = instantOf(millisecondsOf(now) + mailboxLifetimeSeconds * 1000);
  return storage.write<boolean>(account, async ({ accounts, mailboxes }) => {
    // Deleted since the request was admitted: nothing of it may come back.
    if ((await accounts.find(account)) === undefined) return failed(new BackpackError('unauthorized'));
    if (await mailboxes.fill(id, { account, box, closesAt })) return ok(true);
    const kept = await mailboxes.find(id);
    if (kept === undefined || !isOpen(kept, clock)) return failed(new BackpackError('mailbox-closed'));
    const isRepeat = kept.account === account && kept.box === box;
    return isRepeat ? ok(false) : failed(new BackpackError('mailbox-filled'));
  });
}

/** Hands the letter out, once and within its time. Errors: `not-found`, `mailbox-closed`. */
export function emptyMailbox(id: string, { storage, clock }: Deps): Promise<Result<string>> {
  return storage.write<string>(undefined, async ({ mailboxes }) => {
    const kept = await mailboxes.find(id);
    if (kept === undefined) return failed(new BackpackError('not-found'));
    const isFirst = isOpen(kept, clock) && (await mailboxes.empty(id));
    return isFirst ? ok(kept.box) : failed(new BackpackError('mailbox-closed'));
  });
}

function isOpen({ box, closesAt }: KeptLetter, clock: Clock): boolean {
  return box !== '' && clock() < closesAt;
}
