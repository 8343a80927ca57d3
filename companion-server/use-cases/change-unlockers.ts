import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxUnlockers } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { CommitOf } from '../../shared/sync/commit.ts';
import { type KeptUnlocker, unlockersHashOf } from '../../shared/sync/unlocker.ts';
import type { Session, Storage } from '../storage/storage.ts';
import type { Signer } from './admit-request.ts';
import { appendCommit, judgeCommit, readCommit, refusedCommit } from './append-commit.ts';
import { addUnlocker } from './open-account.ts';

type Deps = { readonly storage: Storage; readonly clock: Clock };

/**
 * Keeps one more way to open the root, with the key commit that names the new set, in one transaction. Where the commit
 * moves the account to a new root it is the only one: what opened the old root opens nothing any more.
 * Errors: `unlocker-taken`, `quota`, and those of `readCommit` and `judgeCommit`.
 */
export function putUnlocker(
  signer: Signer,
  unlocker: KeptUnlocker,
  commit: string,
  deps: Deps,
): Promise<Result<void>> {
  const { account } = signer;
  return changeUnlockers(signer, commit, deps, async (session, change) => {
    const kept = await session.unlockers.of(account);
    if (change.root !== undefined) for (const { id } of kept) await session.unlockers.remove(account, id);
    else if (kept.length >= maxUnlockers) return failed(new BackpackError('quota'));
    if (!(await addUnlocker(session, account, unlocker))) return failed(new BackpackError('unlocker-taken'));
    return ok(undefined);
  });
}

/** Drops one. Errors: `not-found`, `last-unlocker`, and those of `readCommit` and `judgeCommit`. */
export function deleteUnlocker(
  signer: Signer,
  id: string,
  commit: string,
  deps: Deps,
): Promise<Result<void>> {
  const { account } = signer;
  return changeUnlockers(signer, commit, deps, async (session) => {
    if (!(await session.unlockers.remove(account, id))) return failed(new BackpackError('not-found'));
    const left = await session.unlockers.of(account);
    return left.length === 0 ? failed(new BackpackError('last-unlocker')) : ok(undefined);
  });
}

async function changeUnlockers(
  signer: Signer,
  token: string,
  deps: Deps,
  change: (session: Session, key: CommitOf<'key'>['key']) => Promise<Result<void>>,
): Promise<Result<void>> {
  const read = await readCommit(token, [], signer);
  if (!read.ok) return read;
  const { account } = signer;
  return deps.storage.write(account, async (session) => {
    const judged = await judgeCommit(read.value, session);
    if (!judged.ok) return judged;
    if ('known' in judged.value) return ok(undefined);
    const { fitting } = judged.value;
    const { commit } = fitting.parsed;
    if (commit.kind !== 'key') return refusedCommit('kind');
    await appendCommit(fitting, session, deps.clock());
    const changed = await change(session, commit.key);
    if (!changed.ok) return changed;
    const set = await unlockersHashOf(await session.unlockers.of(account));
    return set === fitting.to.chain.unlockers ? ok(undefined) : refusedCommit('unlockers');
  });
}
