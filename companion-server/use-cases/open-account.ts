import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { CreateAccountReply, CreateAccountRequest } from '../../shared/protocol/accounts.ts';
import { beginChain } from '../../shared/sync/chain.ts';
import { parseCommit } from '../../shared/sync/commit.ts';
import { kidOf } from '../../shared/sync/compact-jws.ts';
import { type KeptUnlocker, unlockersHashOf } from '../../shared/sync/unlocker.ts';
import type { Session, Storage } from '../storage/storage.ts';
import { refusedCommit } from './append-commit.ts';

export type Opened = CreateAccountReply & { readonly isNew: boolean };

/**
 * Opens an account at its genesis, with the unlockers that the genesis names.
 * Errors: `refused-commit`; `unlocker-taken` when another account's code has the same key.
 */
export async function openAccount(
  request: CreateAccountRequest,
  deps: { readonly storage: Storage; readonly clock: Clock },
): Promise<Result<Opened>> {
  const genesis = await parseCommit(request.genesis);
  if (!genesis.ok) return genesis;
  const begun = await beginChain(genesis.value);
  if (!begun.ok) return refusedCommit(begun.error);
  const chain = begun.value;
  if ((await unlockersHashOf(request.unlockers)) !== chain.unlockers) return refusedCommit('unlockers');
  const reply = { account: chain.acct, head: chain.head };
  return deps.storage.write<Opened>(chain.acct, async (session) => {
    const at = deps.clock();
    if (!(await session.accounts.open(chain, at))) {
      const same = await session.log.findByHash(chain.acct, chain.head.h);
      return same === undefined ? refusedCommit('genesis') : ok({ ...reply, isNew: false });
    }
    await session.log.append(chain.acct, { n: 0, hash: chain.head.h, token: request.genesis }, at);
    for (const unlocker of request.unlockers)
      if (!(await addUnlocker(session, chain.acct, unlocker)))
        return failed(new BackpackError('unlocker-taken'));
    return ok({ ...reply, isNew: true });
  });
}

/** `false` when its id, or the key that asks for it, is in use. */
export async function addUnlocker(
  session: Session,
  account: CreateAccountReply['account'],
  unlocker: KeptUnlocker,
): Promise<boolean> {
  const kid = unlocker.kind === 'recovery' ? await kidOf(unlocker.key) : undefined;
  return session.unlockers.add(account, unlocker, kid);
}
