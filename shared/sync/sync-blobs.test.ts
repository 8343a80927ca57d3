import { describe, expect, it } from 'vitest';
import { sha256Of } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed } from '../model/result.ts';
import { type MemorySyncServer, memorySyncServer } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { blobPartBytes, joinBlob } from './blobs.ts';
import { sweepDelayMs } from './round.ts';

async function twoDevices(seed: number) {
  const honest = memorySyncServer();
  const server: SyncServer = {
    open: (account) => honest.open(account.genesis),
    transportOf: (signer) => honest.transportOf(signer.kid),
  };
  const { account, first } = await openLearner(server, seeded(seed));
  const second = await joinLearner(server, account, seeded(seed + 1));
  return { honest, server, first, second };
}

async function sync(device: SyncDevice, server: SyncServer): Promise<void> {
  expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
}

/** Everything a day and more later, on both. */
async function sweep(devices: readonly SyncDevice[], server: SyncServer): Promise<void> {
  for (const device of devices) device.clock += sweepDelayMs + 1;
  for (const device of [...devices, ...devices]) await sync(device, server);
}

async function bytesOn(device: SyncDevice, bytes: Uint8Array) {
  const hash = await sha256Of(bytes);
  const parts = await device.storage.tables.blobs.list(Number.MAX_SAFE_INTEGER);
  return joinBlob(parts.filter((part) => part.hash === hash));
}

function live(honest: MemorySyncServer): number {
  return honest.storedBytes();
}

describe('the bytes of a badge', () => {
  it('reach the other device whole, larger than one commit', async () => {
    const { server, first, second } = await twoDevices(1);
    const bytes = seeded(5)(9 * blobPartBytes + 17);
    await first.claim('large', bytes);
    await sync(first, server);
    await sync(second, server);
    expect(await bytesOn(second, bytes)).toEqual(new Uint8Array(bytes));
  });

  it('go from server and devices once no badge names them, but not before an undo could need them', async () => {
    const { honest, server, first, second } = await twoDevices(2);
    const bytes = seeded(6)(3000);
    const id = await first.claim('gone', bytes);
    await sync(first, server);
    await sync(second, server);
    const before = live(honest);
    await first.remove(id);
    await sync(first, server);
    await sync(second, server);
    expect(await bytesOn(first, bytes)).toEqual(new Uint8Array(bytes));
    await sweep([first, second], server);
    await sweep([first, second], server);
    expect(await bytesOn(first, bytes)).toBeUndefined();
    expect(await bytesOn(second, bytes)).toBeUndefined();
    expect(live(honest)).toBeLessThan(before - 3000);
  });

  it('stay for a day after another device removed the badge, whatever else is due here before', async () => {
    const { server, first, second } = await twoDevices(6);
    const [early, late] = [seeded(10)(3000), seeded(11)(3000)];
    const [one, two] = [await first.claim('early', early), await first.claim('late', late)];
    await sync(first, server);
    await sync(second, server);
    await second.remove(one);
    await sync(second, server);
    for (const device of [first, second]) device.clock += sweepDelayMs - 1000;
    await sync(first, server);
    await first.remove(two);
    await sync(first, server);
    await sync(second, server);
    // A moment later what the second device removed itself is due.
    second.clock += 2000;
    await sync(second, server);
    await sync(first, server);
    for (const device of [first, second]) expect(await bytesOn(device, late)).toEqual(new Uint8Array(late));
    await sweep([first, second], server);
    await sweep([first, second], server);
    for (const device of [first, second])
      for (const bytes of [early, late]) expect(await bytesOn(device, bytes)).toBeUndefined();
  });

  it('are put back by a device that names them again after another deleted them', async () => {
    const { server, first, second } = await twoDevices(3);
    const bytes = seeded(7)(3000);
    const id = await first.claim('contested', bytes);
    await sync(first, server);
    await sync(second, server);
    await first.remove(id);
    await sync(first, server);
    first.clock += sweepDelayMs + 1;
    // Claimed anew elsewhere and not told yet, while the first device deletes the bytes.
    second.clock = first.clock + 1;
    await second.claim('contested', bytes);
    await sync(first, server);
    await sync(second, server);
    await sync(first, server);
    expect((await first.docs()).find((doc) => doc.id === id)?.f['made']).toBeDefined();
    expect(await bytesOn(first, bytes)).toEqual(new Uint8Array(bytes));
  });

  it('stay here until the log has taken their deletion, for another device may name them again before', async () => {
    const { server, first, second } = await twoDevices(5);
    const bytes = seeded(9)(3000);
    const id = await first.claim('contested', bytes);
    await sync(first, server);
    await sync(second, server);
    await first.remove(id);
    await sync(first, server);
    first.clock += sweepDelayMs + 1;
    second.clock = first.clock + 1;
    await second.claim('contested', bytes);
    // The deletion is on its way when the connection ends. The second device then sends no bytes: the server has them.
    const cut = await first.sync(server, (transport) => ({
      ...transport,
      push: async () => failed(new BackpackError('companion-unreachable')),
    }));
    expect(cut.kind).toBe('failed');
    await sync(second, server);
    await sync(first, server);
    expect((await first.docs()).find((doc) => doc.id === id)?.f['made']).toBeDefined();
    expect(await bytesOn(first, bytes)).toEqual(new Uint8Array(bytes));
  });

  it('are uploaded once for all the badges that rest on them', async () => {
    const { honest, server, first } = await twoDevices(4);
    const bytes = seeded(8)(100_000);
    const id = await first.claim('one', bytes);
    await sync(first, server);
    const stored = live(honest);
    await first.edit(id, { note: 'looked at again' });
    await sync(first, server);
    expect(live(honest)).toBe(stored);
  });
});
