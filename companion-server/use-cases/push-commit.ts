import type { Clock } from '../../shared/model/effects.ts';
import { ok, type Result } from '../../shared/model/result.ts';
import type { PushReply } from '../../shared/protocol/commits.ts';
import type { Push } from '../../shared/sync/transport.ts';
import type { Admitted } from './admit-request.ts';
import { appendCommit, judgeCommit, readCommit, refusedCommit } from './append-commit.ts';

export type Pushed = PushReply & { readonly isNew: boolean };

/**
 * Appends one commit to an account's log, in the transaction that remembers the request. The same commit again answers
 * as it did the first time, without effect. Errors: those of `readCommit`, `judgeCommit` and `once`.
 */
export async function pushCommit(
  { signer, once }: Admitted,
  request: Push,
  deps: { readonly clock: Clock },
): Promise<Result<Pushed>> {
  const read = await readCommit(request.commit, request.records, signer);
  if (!read.ok) return read;
  return once<Pushed>(async (session) => {
    const judged = await judgeCommit(read.value, session);
    if (!judged.ok) return judged;
    if ('known' in judged.value) return ok({ head: judged.value.known, isNew: false });
    const { fitting } = judged.value;
    // A changed set of unlockers comes with its wraps, or nobody could open what the chain names.
    if (fitting.to.chain.unlockers !== fitting.from.chain.unlockers) return refusedCommit('unlockers');
    return ok({ head: await appendCommit(fitting, session, deps.clock()), isNew: true });
  }, read.value.looked);
}
