import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Chain } from '../../shared/sync/chain.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import { epochsByBox } from '../../shared/sync/epochs.ts';
import type { RootKeys } from '../../shared/sync/key-schedule.ts';
import { pullToHead } from '../../shared/sync/pull-log.ts';
import type { RoundOutcome } from '../../shared/sync/round.ts';
import type { Companion } from '../companion.ts';
import type { AccountRow } from '../store/account-rows.ts';
import type { AccountDeps, UnlockedDeps } from './account-deps.ts';

/** Another device that pushes without a pause wins at most so often in a row. */
const maxTries = 50;

/** Where a change of keys begins: the log as it stands, and the root that may change it. */
export type KeyChangeStart = {
  readonly chain: Chain;
  readonly root: RootKeys;
  readonly row: AccountRow;
  readonly companion: Companion;
};

/** `done`: the log says it already, as after an answer that was lost. */
export type KeyChange = 'done' | { readonly send: () => Promise<Result<unknown>> };

/**
 * Changes the account's keys: reads the log to its head, builds the change on it and sends it, again where another device
 * was faster. What it changed comes back by the log, as on every other device. Gives the chain that holds it.
 * Errors: `no-account`, `locked` (also when the root was replaced since it was opened), `sync-distrust`, `revoked`, those
 * of `plan` and of the server.
 */
export function changeKeys(
  plan: (start: KeyChangeStart) => Promise<Result<KeyChange>>,
  deps: UnlockedDeps,
): Promise<Result<Chain>> {
  return deps.alone(async () => {
    const row = await deps.rows.get('account');
    if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
    const companion = deps.companion(row.server);
    for (let attempt = 0; attempt < maxTries; attempt += 1) {
      const root = deps.root.keys();
      if (root === undefined) return failed(new BackpackError('locked'));
      const chain = await pullChain(row, deps);
      if (!chain.ok) return chain;
      if (chain.value.account !== root.account.key) {
        deps.root.forget();
        return failed(new BackpackError('locked'));
      }
      const change = await plan({ chain: chain.value, root, row, companion });
      if (!change.ok) return change;
      if (change.value === 'done') return chain;
      const sent = await change.value.send();
      if (sent.ok) return pullChain(row, deps);
      if (sent.error.code !== 'stale') return sent;
    }
    return failed(new BackpackError('stale'));
  });
}

/** The log to its head, as this browser reads it without being unlocked. Errors: `sync-distrust`, those of the server. */
export async function pullChain(row: AccountRow, deps: AccountDeps): Promise<Result<Chain>> {
  const { storage, random, clock } = deps;
  const transport = deps.companion(row.server).transport({ signer: await deviceSigner(row), acct: row.acct });
  const openEpochs = epochsByBox(row.device, row.box);
  return chainOf(await pullToHead({ storage, transport, keys: row.held, openEpochs, random, clock }));
}

/** What a pull ended with, as a chain. Errors: `sync-distrust`, those of the server. */
export function chainOf(outcome: RoundOutcome): Result<Chain> {
  if (outcome.kind === 'failed') return failed(outcome.error);
  if (outcome.kind === 'synced' && outcome.head !== undefined) return ok(outcome.head);
  return failed(
    new BackpackError('sync-distrust', outcome.kind === 'distrust' ? { reason: outcome.reason } : {}),
  );
}
