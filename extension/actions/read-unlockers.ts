import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Chain } from '../../shared/sync/chain.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { type KeptUnlocker, unlockersHashOf } from '../../shared/sync/unlocker.ts';
import type { AccountRow } from '../store/account-rows.ts';
import type { AccountDeps } from './account-deps.ts';

/**
 * The ways to open the root that the server keeps, exactly as the log names them: from this browser where it knows them,
 * else asked for, and then kept here too. Errors: `sync-distrust` when the server shows others (threats T6), those of
 * the server.
 */
export async function readUnlockers(
  chain: Chain,
  row: AccountRow,
  deps: Pick<AccountDeps, 'rows' | 'companion'>,
): Promise<Result<readonly KeptUnlocker[]>> {
  const known = row.unlockers ?? [row.unlocker];
  if ((await unlockersHashOf(known)) === chain.unlockers) return ok(known);
  const speaker = { signer: await deviceSigner(row), acct: row.acct };
  const asked = await deps.companion(row.server).listUnlockers(speaker);
  if (!asked.ok) return asked;
  const [first] = asked.value;
  if (first === undefined || (await unlockersHashOf(asked.value)) !== chain.unlockers)
    return failed(new BackpackError('sync-distrust', { reason: 'other-unlockers' }));
  await keepUnlockers([first, ...asked.value.slice(1)], deps);
  return asked;
}

/** Keeps them beside the keys of this browser, so that it can be opened with no server. */
export async function keepUnlockers(
  unlockers: readonly [KeptUnlocker, ...KeptUnlocker[]],
  { rows }: Pick<AccountDeps, 'rows'>,
): Promise<void> {
  const row = await rows.get('account');
  if (row === undefined) return;
  const recovery = unlockers.find(({ kind }) => kind === 'recovery') ?? unlockers[0];
  await rows.put('account', { ...row, unlocker: recovery, unlockers });
}
