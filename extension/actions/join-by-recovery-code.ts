import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxDevices } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { newLink } from '../../shared/sync/account.ts';
import type { Chain } from '../../shared/sync/chain.ts';
import { newDeviceKeys } from '../../shared/sync/device-keys.ts';
import { epochsByVault } from '../../shared/sync/epochs.ts';
import { enrolDevice } from '../../shared/sync/key-commits.ts';
import type { RootKeys } from '../../shared/sync/key-schedule.ts';
import { heldKeysOf, openKeyring } from '../../shared/sync/keyring.ts';
import { pullToHead } from '../../shared/sync/pull-log.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { recoveryKeysOf, unwrapRoot } from '../../shared/sync/root-wrap.ts';
import type { SyncTransport } from '../../shared/sync/transport.ts';
import type { AccountRow } from '../store/account-rows.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { chainOf } from './change-keys.ts';
import { readServer } from './choose-server.ts';
import { clearSync } from './clear-sync.ts';
import { correctClock } from './correct-clock.ts';
import { createAccount } from './create-account.ts';
import { openRestored } from './restored-account.ts';

/** How often enrolling is tried again because another device was faster. */
const maxEnrolments = 10;

/**
 * Makes this browser one more device of the account that a recovery code belongs to (design §2). What is here already
 * is added to it. A server that does not know the code opens the account of the learner's own archive anew.
 * Killed midway it is simply begun again with the code.
 * Errors: `recovery-code-mistyped` before anything is asked; `recovery-code-unknown`, `account-exists`, `no-account`
 * (no server chosen), `sync-distrust`, those of the server.
 */
export async function joinByRecoveryCode(code: string, deps: UnlockedDeps): Promise<Result<null>> {
  const secret = parseRecoveryCode(code);
  if (!secret.ok) return secret;
  const joined = await join(secret.value, deps);
  if (joined.ok || joined.error.code !== 'recovery-code-unknown') return joined;
  const restored = await deps.rows.get('restored');
  const isRestored = restored !== undefined && (await openRestored(restored, secret.value)).ok;
  return isRestored ? createAccount(code, deps) : joined;
}

function join(secret: Bytes, deps: UnlockedDeps): Promise<Result<null>> {
  const { rows, storage } = deps;
  return deps.alone(async () => {
    const server = await readServer(rows);
    if (server === undefined) return failed(new BackpackError('no-account'));
    if ((await rows.get('account'))?.enrolled === true) return failed(new BackpackError('account-exists'));
    const companion = deps.companion(server);
    const { signer, wrapping } = await recoveryKeysOf(secret);
    const reply = await companion.unlockByRecovery({ signer });
    if (!reply.ok)
      return reply.error.code === 'unauthorized' ? failed(new BackpackError('recovery-code-unknown')) : reply;
    const { account: acct, unlocker, keyring } = reply.value;
    const root = await unwrapRoot(unlocker.wrap, wrapping, { acct, kind: unlocker.kind, id: unlocker.id });
    if (!root.ok) return root;
    const keys = await deps.root.keep(root.value);
    const opened = await openKeyring(keyring, acct, keys.vault);
    if (!opened.ok) return opened;
    const held = await heldKeysOf(opened.value, acct);
    const { device, sign, box } = await newDeviceKeys();
    const since = deps.clock();
    const row = { server, acct, since, enrolled: false, device, sign, box, held, keyring, unlocker };
    await correctClock(deps);
    await clearSync(storage);
    await rows.put('account', row);
    await storage.write((tables) => tables.link.put([newLink(acct)]));
    const transport = companion.transport({ signer: keys.account, acct });
    const enrolled = await enrol(row, keys, transport, deps);
    if (!enrolled.ok) return enrolled;
    await rows.put('account', { ...row, enrolled: true, keyring: enrolled.value.keyring });
    await rows.remove('pending');
    return ok(null);
  });
}

/** Reads the whole log, checks that the root is the one it names, and appends the key commit for this device. */
async function enrol(
  row: AccountRow,
  keys: RootKeys,
  transport: SyncTransport,
  deps: UnlockedDeps,
): Promise<Result<Chain>> {
  const { storage, random, clock } = deps;
  for (let attempt = 0; attempt < maxEnrolments; attempt += 1) {
    const pulled = await pullToHead({
      storage,
      transport,
      keys: row.held,
      openEpochs: epochsByVault(keys.vault),
      random,
      clock,
    });
    const chain = chainOf(pulled);
    if (!chain.ok) return chain;
    // An old wrap opens an old root: the chain names another account key (threats T6).
    if (chain.value.account !== keys.account.key)
      return failed(new BackpackError('sync-distrust', { reason: 'other-root' }));
    if (chain.value.devices.length >= maxDevices)
      return failed(new BackpackError('too-many-devices', { limit: maxDevices }));
    const commit = await enrolDevice(chain.value, row.device, keys);
    const pushed = await transport.push({ commit, records: [] });
    if (pushed.ok) return chain;
    if (pushed.error.code !== 'stale') return pushed;
  }
  return failed(new BackpackError('stale'));
}
