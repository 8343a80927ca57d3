import type { Url } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxDevices } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { UnlockReply } from '../../shared/protocol/unlockers.ts';
import { newLink } from '../../shared/sync/account.ts';
import { newDeviceKeys } from '../../shared/sync/device-keys.ts';
import { epochsByVault } from '../../shared/sync/epochs.ts';
import { enrolDevice } from '../../shared/sync/key-commits.ts';
import type { RootKeys } from '../../shared/sync/key-schedule.ts';
import { heldKeysOf, openKeyring } from '../../shared/sync/keyring.ts';
import { pullToHead } from '../../shared/sync/pull-log.ts';
import { linkOf } from '../../shared/sync/round.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';
import type { SyncStorage } from '../../shared/sync/storage.ts';
import type { SyncTransport } from '../../shared/sync/transport.ts';
import type { Companion } from '../companion.ts';
import type { AccountRow } from '../store/account-rows.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { chainOf } from './change-keys.ts';
import { readServer } from './choose-server.ts';
import { clearSync } from './clear-sync.ts';

/** How often enrolling is tried again because another device was faster. */
const maxEnrolments = 10;

/** What the server handed out, and the root that was found in it. */
export type OpenedReply = { readonly reply: UnlockReply; readonly root: Bytes };

/**
 * Makes this browser one more device of the account whose root `open` opens (design §2). What is here already is added
 * to it. Killed midway it is simply begun again, with the same keys, and reads on where it stood.
 * Errors: those of `open`, `account-exists`, `no-account` (no server chosen), `sync-distrust`, those of the server.
 */
export function joinAccount(
  open: (companion: Companion, server: Url) => Promise<Result<OpenedReply>>,
  deps: UnlockedDeps,
): Promise<Result<null>> {
  const { rows, storage } = deps;
  return deps.alone(async () => {
    const server = await readServer(rows);
    if (server === undefined) return failed(new BackpackError('no-account'));
    if ((await rows.get('account'))?.enrolled === true) return failed(new BackpackError('account-exists'));
    const companion = deps.companion(server);
    const found = await open(companion, server);
    if (!found.ok) return found;
    const { account: acct, unlocker, keyring } = found.value.reply;
    const keys = await deps.root.keep(found.value.root);
    const opened = await openKeyring(keyring, acct, keys.vault);
    if (!opened.ok) return opened;
    const held = await heldKeysOf(opened.value, acct);
    // Begun before, it may be enrolled already: with other keys it would be two of the learner's devices.
    const before = await rows.get('account');
    const isSame = before?.server === server && before.acct === acct;
    const { device, sign, box } = isSame ? before : await newDeviceKeys();
    const since = deps.clock();
    const row = { server, acct, since, enrolled: false, device, sign, box, held, keyring, unlocker };
    await deps.correctClock();
    const goesOn = isSame && (await isBelieved(acct, storage));
    if (!goesOn) await clearSync(storage);
    await rows.put('account', row);
    if (!goesOn) await storage.write((tables) => tables.link.put([newLink(acct)]));
    const transport = companion.transport({ signer: keys.account, acct });
    const enrolled = await enrol(row, keys, transport, deps);
    if (!enrolled.ok) return enrolled;
    await rows.put('account', { ...enrolled.value, enrolled: true });
    await rows.remove('pending');
    return ok(null);
  });
}

/** Whether this browser has begun to read this very log, and believed what it read. */
async function isBelieved(acct: AccountId, storage: SyncStorage): Promise<boolean> {
  const link = await linkOf(storage);
  return link?.acct === acct && link.distrust === undefined;
}

/**
 * Reads the whole log, checks that the root is the one it names, and appends the key commit for this device, unless it
 * is there. Gives the row with the keyring of the log.
 */
async function enrol(
  begun: AccountRow,
  keys: RootKeys,
  transport: SyncTransport,
  deps: UnlockedDeps,
): Promise<Result<AccountRow>> {
  const { storage, random, clock, rows } = deps;
  let row = begun;
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
    row = { ...row, keyring: chain.value.keyring };
    if (chain.value.devices.some(({ kid }) => kid === row.device.kid)) return ok(row);
    if (chain.value.devices.length >= maxDevices)
      return failed(new BackpackError('too-many-devices', { limit: maxDevices }));
    // Enrolled by an earlier try, and removed by another device since.
    if (chain.value.revoked.includes(row.device.kid)) {
      row = { ...row, ...(await newDeviceKeys()) };
      await rows.put('account', row);
    }
    const commit = await enrolDevice(chain.value, row.device, keys);
    const pushed = await transport.push({ commit, records: [] });
    if (pushed.ok) return ok(row);
    if (pushed.error.code !== 'stale') return pushed;
  }
  return failed(new BackpackError('stale'));
}
