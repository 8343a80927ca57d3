import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { canonicalJson } from '../model/json.ts';
import type { NewAccount } from '../sync/account.ts';
import { deviceSigner } from '../sync/device-keys.ts';
import { exists, fieldOf } from '../sync/doc.ts';
import { prepareSnapshot } from '../sync/prepare-push.ts';
import { sweepDelayMs } from '../sync/round.ts';
import type { SyncTransport } from '../sync/transport.ts';
import { Killed } from './memory-sync-storage.ts';
import { seeded } from './seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from './sync-device.ts';

/** A server, and how a year goes by there. */
export type AgingServer = {
  readonly server: SyncServer;
  readonly aYearPasses: (account: NewAccount) => Promise<void>;
};

/** Writes a snapshot now, however short the log is. */
export async function compactNow(device: SyncDevice, server: SyncServer): Promise<void> {
  expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
  const { chain } = (await device.storage.tables.link.get(['link']))[0] ?? {};
  if (chain === undefined) throw new TypeError('no chain');
  const signer = await deviceSigner(device.keys);
  const outbox = await prepareSnapshot(chain, { storage: device.storage, signer });
  await device.storage.write((tables) => tables.outbox.put([outbox]));
  expect(await device.sync(server)).toMatchObject({ head: { snapshot: chain.head.n + 1 } });
}

const removedText = `removed ${'x'.repeat(2000)}`;

/** A learner whose log was compacted: `away` has been off since before, with a claim, an edit and a badge of its own. */
export async function compactedLearner({ server, aYearPasses }: AgingServer, seed: number) {
  const { account, first } = await openLearner(server, seeded(seed));
  const away = await joinLearner(server, account, seeded(seed + 1));
  const kept = await first.claim('kept', utf8('kept'));
  const removed = await first.claim('removed', utf8(removedText));
  const edited = await first.claim('edited', utf8('edited'));
  expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
  expect(await away.sync(server)).toMatchObject({ kind: 'synced' });
  await away.claim('made while away', utf8('made while away'));
  await away.edit(kept, { note: 'written while away' });
  for (let index = 0; index < 6; index += 1) {
    await first.claim(`badge ${index}`, utf8(`badge ${index}`));
    await first.edit(edited, { note: `note ${index}` });
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
  }
  await first.remove(removed);
  await compactNow(first, server);
  await aYearPasses(account);
  await first.edit(edited, { note: 'between the snapshots' });
  await compactNow(first, server);
  await aYearPasses(account);
  await first.edit(edited, { note: 'after the snapshot' });
  expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
  return { account, first, away, kept, removed, edited };
}

/** The server with a look at which calls were made. */
export function watched(server: SyncServer): { readonly server: SyncServer; readonly calls: string[] } {
  const calls: string[] = [];
  const noted = <Value>(call: string, make: () => Value): Value => {
    calls.push(call);
    return make();
  };
  const watch = (transport: SyncTransport): SyncTransport => ({
    push: (push) => noted('push', () => transport.push(push)),
    pull: (query) => noted('pull', () => transport.pull(query)),
    snapshotCommits: (after) => noted('commits', () => transport.snapshotCommits(after)),
    snapshotRecords: (query) => noted('records', () => transport.snapshotRecords(query)),
  });
  const transportOf = (...of: Parameters<SyncServer['transportOf']>) => watch(server.transportOf(...of));
  return { server: { ...server, transportOf }, calls };
}

export async function namesOf(device: SyncDevice): Promise<readonly unknown[]> {
  return (await device.docs())
    .filter(exists)
    .map((doc) => fieldOf(doc, 'name'))
    .sort();
}

/** Whether the bytes of the removed badge lie anywhere in what a device keeps. */
async function holdsRemoved({ storage }: SyncDevice): Promise<boolean> {
  const rows = Object.values(storage.tables).map((table) => table.list(Number.MAX_SAFE_INTEGER));
  const readable = (_name: string, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  return JSON.stringify(await Promise.all(rows), readable).includes(removedText);
}

async function textsOf(device: SyncDevice): Promise<string> {
  return canonicalJson(await device.docs());
}

/** What every server does once a log is long and old (design §8). */
export function describeCompaction(name: string, open: () => Promise<AgingServer>): void {
  describe(`a compacted log of ${name}`, () => {
    it('is where a new browser starts, and holds all that the others do', async () => {
      const aging = await open();
      const { account, first } = await compactedLearner(aging, 1);
      const { server, calls } = watched(aging.server);
      const late = await joinLearner(server, account, seeded(9));
      expect(calls).toContain('records');
      expect(await late.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await textsOf(late)).toBe(await textsOf(first));
      expect(await late.blobHashes()).toEqual(expect.arrayContaining([...(await namedBlobs(first))]));
      await late.claim('of the new one', utf8('of the new one'));
      expect(await late.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await namesOf(first)).toContain('of the new one');
    });

    it('is caught up with after a year away: own changes are sent, and what was removed stays removed (T31)', async () => {
      const aging = await open();
      const { first, away } = await compactedLearner(aging, 20);
      const { server, calls } = watched(aging.server);
      expect(await away.sync(server)).toMatchObject({ kind: 'synced' });
      expect(calls).toContain('records');
      expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await textsOf(first)).toBe(await textsOf(away));
      expect(await namesOf(first)).toEqual([
        'badge 0',
        'badge 1',
        'badge 2',
        'badge 3',
        'badge 4',
        'badge 5',
        'edited',
        'kept',
        'made while away',
      ]);
      expect(await textsOf(first)).toContain('written while away');
      expect(await textsOf(away)).toContain('after the snapshot');
    });

    it('brings nothing of a removed badge back, whatever a browser did with it in a year away (T31)', async () => {
      const { server, aYearPasses } = await open();
      const { first, away, removed } = await compactedLearner({ server, aYearPasses }, 60);
      expect(await holdsRemoved(away)).toBe(true);
      expect(await namesOf(away)).toContain('removed');
      await away.edit(removed, { name: 'under another name', note: 'still mine' });
      // A year later, and then after the time in which a removal may be undone there too.
      for (const later of [365 * 24 * 60 * 60 * 1000, sweepDelayMs + 1, sweepDelayMs + 1]) {
        for (const device of [away, first]) device.clock += later;
        for (const device of [away, first, away, first])
          expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
      }
      for (const device of [away, first]) {
        expect(await holdsRemoved(device)).toBe(false);
        expect(await namesOf(device)).not.toContain('removed');
        expect(await namesOf(device)).not.toContain('under another name');
      }
      await away.claim('removed', utf8(removedText));
      for (const device of [away, first]) expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await namesOf(first)).toContain('removed');
      expect(await holdsRemoved(first)).toBe(true);
    });

    it('is caught up with wherever the browser is killed, and not from the beginning', async () => {
      const aging = await open();
      const { first, away } = await compactedLearner(aging, 40);
      const { server, calls } = watched(aging.server);
      let kills = 0;
      for (;;) {
        away.storage.killAt(4 + kills, kills % 2 === 0 ? 'before' : 'after');
        try {
          expect(await away.sync(server)).toMatchObject({ kind: 'synced' });
          break;
        } catch (thrown) {
          if (!(thrown instanceof Killed)) throw thrown;
          kills += 1;
          expect(kills).toBeLessThan(100);
        }
      }
      away.storage.killAt(Number.POSITIVE_INFINITY, 'before');
      expect(kills).toBeGreaterThan(2);
      expect(calls.filter((call) => call === 'commits').length).toBeLessThan(4);
      expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await away.sync(server)).toMatchObject({ kind: 'synced' });
      expect(await textsOf(first)).toBe(await textsOf(away));
    });
  });
}

async function namedBlobs(device: SyncDevice): Promise<readonly unknown[]> {
  return (await device.docs()).filter(exists).map(({ id }) => id.slice('badge|'.length));
}
