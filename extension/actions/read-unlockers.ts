import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Chain } from '../../shared/sync/chain.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';
import { type KeptUnlocker, unlockersHashOf } from '../../shared/sync/unlocker.ts';
import type { AccountRow } from '../store/account-rows.ts';
import type { AccountDeps } from './account-deps.ts';

/**
 * The ways to open the root that the server keeps, exactly as the log names them: from this browser where it knows them,
 * else asked for. They are kept here with the keyring that the log has beside them, so that it is one root's.
 * Errors: `sync-distrust` when the server shows others (threats T6), those of the server.
 */
export async function readUnlockers(
  chain: Chain,
  row: AccountRow,
  deps: Pick<AccountDeps, 'rows' | 'companion'>,
): Promise<Result<readonly KeptUnlocker[]>> {
  const known = row.unlockers ?? [row.unlocker];
  const isKnown = (await unlockersHashOf(known)) === chain.unlockers;
  const asked = isKnown ? ok(known) : await askForUnlockers(chain, row, deps);
  if (asked.ok && (!isKnown || row.keyring !== chain.keyring))
    await keepUnlockers(row.acct, asked.value, chain.keyring, deps);
  return asked;
}

async function askForUnlockers(
  chain: Chain,
  row: AccountRow,
  { companion }: Pick<AccountDeps, 'companion'>,
): Promise<Result<readonly KeptUnlocker[]>> {
  const speaker = { signer: await deviceSigner(row), acct: row.acct };
  const asked = await companion(row.server).listUnlockers(speaker);
  if (!asked.ok) return asked;
  const isTrue = asked.value.length > 0 && (await unlockersHashOf(asked.value)) === chain.unlockers;
  return isTrue ? asked : failed(new BackpackError('sync-distrust', { reason: 'other-unlockers' }));
}

/** Keeps them beside the keys of this browser, if it is still in that account, so that it can be opened with no server. */
async function keepUnlockers(
  acct: AccountId,
  unlockers: readonly KeptUnlocker[],
  keyring: string,
  { rows }: Pick<AccountDeps, 'rows'>,
): Promise<void> {
  const unlocker = unlockers.find(({ kind }) => kind === 'recovery') ?? unlockers[0];
  if (unlocker === undefined) return;
  await rows.change('account', (row) =>
    row?.acct === acct ? { ...row, unlocker, unlockers, keyring } : undefined,
  );
}
