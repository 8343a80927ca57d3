import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { maxDevices } from '../model/limits.ts';
import { memorySyncServers } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { newAccount } from './account.ts';
import { beginChain, type Chain, extendChain } from './chain.ts';
import { parseCommit } from './commit.ts';
import { newDeviceKeys } from './device-keys.ts';
import { epochsByBox, epochsByVault, withEpochs } from './epochs.ts';
import { enrolDevice, nameUnlockers, replaceRoot, revokeDevice } from './key-commits.ts';
import { rootKeysOf } from './key-schedule.ts';
import { heldKeysOf, openKeyring } from './keyring.ts';
import { recordIdOfDoc } from './record-id.ts';
import { openRecord } from './sealing.ts';

const random = seeded(20261124);

async function followed(chain: Chain, token: string): Promise<Chain> {
  const parsed = await parseCommit(token);
  if (!parsed.ok) throw parsed.error;
  const next = await extendChain(chain, parsed.value);
  if (!next.ok) throw new TypeError(next.error);
  return next.value;
}

async function changeIn(token: string) {
  const parsed = await parseCommit(token);
  if (!parsed.ok || parsed.value.commit.kind !== 'key') throw new TypeError('no key commit');
  return parsed.value.commit.key;
}

async function chainOf(device: SyncDevice): Promise<Chain> {
  const [link] = await device.storage.tables.link.get(['link']);
  if (link?.chain === undefined) throw new TypeError('no chain');
  return link.chain;
}

describe('a revoked device (T13)', () => {
  async function three() {
    const server = memorySyncServers();
    const { account, first } = await openLearner(server, random);
    const second = await joinLearner(server, account, random);
    const third = await joinLearner(server, account, random);
    for (const device of [first, second, third])
      expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
    return { server, account, first, second, third };
  }

  async function revoke(
    server: SyncServer,
    by: SyncDevice,
    gone: SyncDevice,
    root: Parameters<typeof revokeDevice>[2],
  ) {
    await by.sync(server);
    const chain = await chainOf(by);
    const commit = await revokeDevice(chain, gone.keys.device.kid, root, random);
    if (!commit.ok) throw commit.error;
    const pushed = await server
      .transportOf(root.account, chain.acct)
      .push({ commit: commit.value, records: [] });
    expect(pushed).toMatchObject({ ok: true });
    return commit.value;
  }

  it('is told nothing of the epoch that begins; the others write in it and read each other', async () => {
    const { server, account, first, second, third } = await three();
    const old = await first.claim('before', utf8('before'));
    await first.sync(server);
    const token = await revoke(server, first, third, account.root);
    await first.sync(server);
    const id = await first.claim('after', utf8('after'));
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await second.sync(server)).toMatchObject({ kind: 'synced' });
    expect((await second.docs()).map((doc) => doc.id).sort()).toEqual([old, id].sort());
    await second.edit(id, { note: 'seen' });
    await second.sync(server);
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    expect((await first.docs()).find((doc) => doc.id === id)?.f['note']?.[0]).toBe('seen');

    const change = await changeIn(token);
    expect(Object.keys(change.boxes).sort()).toEqual([first.keys.device.kid, second.keys.device.kid].sort());
    // Even with every byte that the server holds the revoked device opens none that were written since.
    const told = await epochsByBox(third.keys.device, third.keys.box)(change, account.acct);
    expect(told).toEqual([]);
    const page = await server.transportOf(account.root.account, account.acct).pull({ after: -1, limit: 100 });
    if (!page.ok) throw page.error;
    const name = await recordIdOfDoc(account.keys.blind, id);
    const sealed = page.value.records.find((record) => record.id === name);
    if (sealed === undefined) throw new TypeError('not on the server');
    const thirdKeys = withEpochs(account.keys, told);
    expect(await openRecord(thirdKeys, sealed, sealed.bytes)).toMatchObject({ ok: false });
    const rest = await epochsByBox(second.keys.device, second.keys.box)(change, account.acct);
    expect(await openRecord(withEpochs(account.keys, rest), sealed, sealed.bytes)).toMatchObject({
      ok: true,
    });
  });

  it('keeps what it had not sent, and is refused from then on', async () => {
    const { server, account, first, third } = await three();
    await third.claim('not sent', utf8('not sent'));
    await revoke(server, first, third, account.root);
    expect(await third.sync(server)).toMatchObject({ kind: 'failed', error: { code: 'revoked' } });
    expect(await third.docs()).toHaveLength(1);
    expect(await third.storage.tables.dirty.keys()).toHaveLength(1);
  });

  it('was away for several revocations, or joins after them: every epoch is known', async () => {
    const { server, account, first, second, third } = await three();
    await revoke(server, first, third, account.root);
    await first.sync(server);
    await first.claim('in the second epoch', utf8('2'));
    await first.sync(server);
    const more = await joinLearner(server, account, random);
    await revoke(server, first, more, account.root);
    await first.sync(server);
    await first.claim('in the third epoch', utf8('3'));
    await first.sync(server);
    expect(await second.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await second.docs()).toHaveLength(2);
    const late = await joinLearner(server, account, random);
    expect(await late.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await late.docs()).toHaveLength(2);
  });

  it('is known to a device killed at any point of the pull that told it so', async () => {
    for (let at = 1; at < 12; at += 1) {
      const { server, account, first, second, third } = await three();
      await revoke(server, first, third, account.root);
      await first.sync(server);
      await first.claim('after', utf8('after'));
      await first.sync(server);
      second.storage.killAt(second.storage.count() + at, at % 2 === 0 ? 'before' : 'after');
      await second.sync(server).catch(() => undefined);
      expect(await second.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await second.docs()).toHaveLength(1);
    }
  });
});

describe('key commits', () => {
  async function account() {
    const keys = await newDeviceKeys();
    const made = await newAccount(
      new Uint8Array(random(32)),
      new Uint8Array(random(16)),
      keys.device,
      random,
    );
    const genesis = await parseCommit(made.genesis);
    const chain = genesis.ok ? await beginChain(genesis.value) : genesis;
    if (!chain.ok) throw new TypeError('no chain');
    return { made, chain: chain.value, keys };
  }

  it(`fit a commit with boxes for ${maxDevices} devices, whose boxes all open (T33)`, async () => {
    const { made, chain, keys } = await account();
    const devices = [keys];
    let full = chain;
    while (devices.length < maxDevices) {
      const next = await newDeviceKeys();
      devices.push(next);
      full = await followed(full, await enrolDevice(full, next.device, made.root));
    }
    const last = devices.at(-1)?.device.kid;
    const commit = await revokeDevice(full, last ?? keys.device.kid, made.root, random);
    if (!commit.ok) throw commit.error;
    const change = await changeIn(commit.value);
    expect((await followed(full, commit.value)).devices).toHaveLength(maxDevices - 1);
    for (const { device, box } of devices.slice(0, -1)) {
      const told = await epochsByBox(device, box)(change, chain.acct);
      expect(told.map(({ e }) => e)).toEqual([2]);
    }
  });

  it('move the account to a new root, which opens everything, while the old one opens nothing new', async () => {
    const { made, chain, keys } = await account();
    const to = await rootKeysOf(new Uint8Array(random(32)));
    const commit = await replaceRoot(chain, made.root, to, chain.head.h, random);
    if (!commit.ok) throw commit.error;
    const moved = await followed(chain, commit.value);
    expect(moved).toMatchObject({ acct: chain.acct, account: to.account.key, identity: to.identity.key });
    const opened = await openKeyring(moved.keyring, moved.acct, to.vault);
    if (!opened.ok) throw opened.error;
    expect((await heldKeysOf(opened.value, moved.acct)).epochs.map(({ e }) => e)).toEqual([1, 2]);
    expect(opened.value.oldInbox).toHaveLength(1);
    expect(await openKeyring(moved.keyring, moved.acct, made.root.vault)).toMatchObject({ ok: false });
    const change = await changeIn(commit.value);
    expect(await epochsByVault(made.root.vault)(change, moved.acct)).toEqual([]);
    expect(await epochsByBox(keys.device, keys.box)(change, moved.acct)).toHaveLength(1);
    // The old account key signs nothing any more.
    const late = await parseCommit(await nameUnlockers(moved, moved.unlockers, made.root));
    expect(late.ok && (await extendChain(moved, late.value))).toEqual({ ok: false, error: 'not-enrolled' });
    await followed(moved, await nameUnlockers(moved, moved.unlockers, to));
  });

  it('say nothing when the keyring is not what the root sealed', async () => {
    const { made, chain, keys } = await account();
    const stranger = await rootKeysOf(new Uint8Array(random(32)));
    const root = { ...made.root, vault: stranger.vault };
    expect(await revokeDevice(chain, keys.device.kid, root, random)).toMatchObject({
      error: { code: 'sync-distrust' },
    });
    expect(await replaceRoot(chain, root, stranger, chain.unlockers, random)).toMatchObject({
      error: { code: 'sync-distrust' },
    });
  });
});
