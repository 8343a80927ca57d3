import type { Clock } from '../../shared/model/effects.ts';
import { ok, type Result } from '../../shared/model/result.ts';
import type { PushReply } from '../../shared/protocol/commits.ts';
import type { Push } from '../../shared/sync/transport.ts';
import type { AccountId, Storage } from '../storage/storage.ts';
import { appendCommit, prepareCommit, refusedCommit } from './append-commit.ts';

export type Pushed = PushReply & { readonly isNew: boolean };

/**
 * Appends one commit to an account's log. The same commit again answers as it did the first time, without effect.
 * Errors: those of `prepareCommit` and `appendCommit`.
 */
export async function pushCommit(
  account: AccountId,
  request: Push,
  deps: { readonly storage: Storage; readonly clock: Clock },
): Promise<Result<Pushed>> {
  const preparation = await prepareCommit(request.commit, request.records, account, deps.storage);
  if (!preparation.ok) return preparation;
  if ('known' in preparation.value) return ok({ head: preparation.value.known, isNew: false });
  const { prepared } = preparation.value;
  const { commit, hash } = prepared.parsed;
  return deps.storage.write<Pushed>(account, async (session) => {
    // The same push may have arrived twice at once; its second copy is a repeat and no stale one.
    const known = await session.log.findByHash(account, hash);
    if (known !== undefined) return ok({ head: { n: known.n, h: known.hash }, isNew: false });
    if (commit.kind === 'key') {
      const { chain } = (await session.accounts.find(account)) ?? {};
      // A changed set of unlockers comes with its wraps, or nobody could open what the chain names.
      if (commit.key.unlockers !== chain?.unlockers) return refusedCommit('unlockers');
    }
    const head = await appendCommit(prepared, session, deps.clock());
    return head.ok ? ok({ head: head.value, isNew: true }) : head;
  });
}
