import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxUnlockers } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { CommitOf } from '../../shared/sync/commit.ts';
import { type KeptUnlocker, unlockersHashOf } from '../../shared/sync/unlocker.ts';
import type { AccountId, Session, Storage } from '../storage/storage.ts';
import { appendCommit, prepareCommit, refusedCommit } from './append-commit.ts';
import { addUnlocker } from './open-account.ts';

type Deps = { readonly storage: Storage; readonly clock: Clock };

/**
 * Keeps one more way to open the root, with the key commit that names the new set, in one transaction. Where the commit
 * moves the account to a new root it is the only one: what opened the old root opens nothing any more.
 * Errors: `unlocker-taken`, `quota`, and those of `prepareCommit` and `appendCommit`.
 */
export function putUnlocker(
  account: AccountId,
  unlocker: KeptUnlocker,
  commit: string,
  deps: Deps,
): Promise<Result<void>> {
  return changeUnlockers(account, commit, deps, async (session, change) => {
    const kept = await session.unlockers.of(account);
    if (change.root !== undefined) for (const { id } of kept) await session.unlockers.remove(account, id);
    else if (kept.length >= maxUnlockers) return failed(new BackpackError('quota'));
    if (!(await addUnlocker(session, account, unlocker))) return failed(new BackpackError('unlocker-taken'));
    return ok(undefined);
  });
}

/** Drops one. Errors: `not-found`, `last-unlocker`, and those of `prepareCommit` and `appendCommit`. */
export function deleteUnlocker(
  account: AccountId,
  id: string,
  commit: string,
  deps: Deps,
): Promise<Result<void>> {
  return changeUnlockers(account, commit, deps, async (session) => {
    if (!(await session.unlockers.remove(account, id))) return failed(new BackpackError('not-found'));
    const left = await session.unlockers.of(account);
    return left.length === 0 ? failed(new BackpackError('last-unlocker')) : ok(undefined);
  });
}

async function changeUnlockers(
  account: AccountId,
  token: string,
  deps: Deps,
  change: (session: Session, key: CommitOf<'key'>['key']) => Promise<Result<void>>,
): Promise<Result<void>> {
  const preparation = await prepareCommit(token, [], account, deps.storage);
  if (!preparation.ok) return preparation;
  if ('known' in preparation.value) return ok(undefined);
  const { prepared } = preparation.value;
  return deps.storage.write(account, async (session) => {
    const known = await session.log.findByHash(account, prepared.parsed.hash);
    if (known !== undefined) return ok(undefined);
    const { commit } = prepared.parsed;
    if (commit.kind !== 'key') return refusedCommit('kind');
    const head = await appendCommit(prepared, session, deps.clock());
    if (!head.ok) return head;
    const changed = await change(session, commit.key);
    if (!changed.ok) return changed;
    const set = await unlockersHashOf(await session.unlockers.of(account));
    return set === prepared.chain.unlockers ? ok(undefined) : refusedCommit('unlockers');
  });
}
