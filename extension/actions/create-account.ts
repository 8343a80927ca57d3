import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { beginLink, newAccount } from '../../shared/sync/account.ts';
import { beginChain } from '../../shared/sync/chain.ts';
import { parseCommit } from '../../shared/sync/commit.ts';
import { newDeviceKeys } from '../../shared/sync/device-keys.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { recoveryKeysOf, unwrapRoot } from '../../shared/sync/root-wrap.ts';
import type { PendingAccount } from '../store/account-rows.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { readServer } from './choose-server.ts';
import { clearSync } from './clear-sync.ts';
import { openRestored } from './restored-account.ts';

/**
 * Makes an account and opens it at the learner's server. `code`: the recovery code, shown and typed back before.
 * What was sent is kept until it is acknowledged and sent again as it was, so a lost answer makes no second account.
 * Errors: `account-exists`, `recovery-code-mistyped`, `no-account` (no server chosen), those of the server.
 */
export async function createAccount(code: string, deps: UnlockedDeps): Promise<Result<null>> {
  const { rows, storage, companion } = deps;
  return deps.alone(async () => {
    const server = await readServer(rows);
    if (server === undefined) return failed(new BackpackError('no-account'));
    if ((await rows.get('account'))?.enrolled === true) return failed(new BackpackError('account-exists'));
    const secret = parseRecoveryCode(code);
    if (!secret.ok) return secret;
    const { pending, root } = await prepare(secret.value, server, deps);
    const keys = await deps.root.keep(root);
    const { genesis, unlockers, row } = pending;
    const speaker = { signer: keys.account, acct: row.acct };
    const opened = await companion(server).createAccount({ genesis, unlockers: [...unlockers] }, speaker);
    if (!opened.ok) return opened;
    const commit = await parseCommit(genesis);
    const chain = commit.ok ? await beginChain(commit.value) : undefined;
    if (chain?.ok !== true) return failed(new BackpackError('unexpected'));
    await deps.correctClock();
    await clearSync(storage);
    await storage.write((tables) => beginLink(chain.value, tables));
    await rows.put('account', row);
    await rows.remove('pending');
    await rows.remove('restored');
    return ok(null);
  });
}

/** What was prepared with this very code before, the account of an archive that it opens, or a fresh one. */
async function prepare(
  secret: Uint8Array<ArrayBuffer>,
  server: PendingAccount['row']['server'],
  deps: UnlockedDeps,
): Promise<{ pending: PendingAccount; root: Uint8Array<ArrayBuffer> }> {
  const before = await deps.rows.get('pending');
  if (before?.row.server === server) {
    const { acct, unlocker } = before.row;
    const { wrapping } = await recoveryKeysOf(secret);
    const place = { acct, kind: unlocker.kind, id: unlocker.id };
    const root = await unwrapRoot(unlocker.wrap, wrapping, place);
    if (root.ok) return { pending: before, root: root.value };
  }
  const restored = await deps.rows.get('restored');
  const earlier = restored === undefined ? undefined : await openRestored(restored, secret);
  const kept = earlier?.ok === true ? earlier.value : undefined;
  const root = kept?.root ?? new Uint8Array(deps.random(32));
  const { device, sign, box } = await newDeviceKeys();
  const account = await newAccount(root, secret, device, deps.random, kept?.keyring);
  const [unlocker] = account.unlockers;
  if (unlocker === undefined) throw new BackpackError('unexpected');
  const { acct, genesis, keyring, keys: held, unlockers } = account;
  const since = deps.clock();
  const row = { server, acct, since, enrolled: true, device, sign, box, held, keyring, unlocker };
  const pending = { row, genesis, unlockers };
  await deps.rows.put('pending', pending);
  return { pending, root };
}
