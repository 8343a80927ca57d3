import { expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { compactedLearner, namesOf } from '../testing/compaction.ts';
import { memorySyncServer, memorySyncServers } from '../testing/memory-sync-server.ts';
import { Killed } from '../testing/memory-sync-storage.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice } from '../testing/sync-device.ts';
import { type Progress, progressOf } from './progress.ts';
import type { SyncTransport } from './transport.ts';

/** Pages of two commits; notes where each begins. */
const inSmallPages =
  (asked: number[]) =>
  (transport: SyncTransport): SyncTransport => ({
    ...transport,
    pull: (query) => {
      asked.push(query.after);
      return transport.pull({ ...query, limit: 2 });
    },
  });

async function progress(device: SyncDevice): Promise<Progress | undefined> {
  const [link] = await device.storage.tables.link.get(['link']);
  return link === undefined ? undefined : progressOf(link);
}

it('a first sync that was interrupted halfway goes on where it stood, and says how far it is', async () => {
  const server = memorySyncServers();
  const { account, first } = await openLearner(server, seeded(1));
  const other = await joinLearner(server, account, seeded(2));
  for (let index = 0; index < 10; index += 1) {
    await first.claim(`badge ${index}`, utf8(`badge ${index}`.repeat(100)));
    await first.sync(server);
  }
  const before = await other.storage.tables.link.get(['link']);
  const began = before[0]?.chain?.head.n ?? 0;
  const asked: number[] = [];
  // Three pages of three transactions each, and then the browser is closed.
  other.storage.killAt(10, 'before');
  await expect(other.sync(server, inSmallPages(asked))).rejects.toBeInstanceOf(Killed);
  other.storage.killAt(Number.POSITIVE_INFINITY, 'before');
  const halfway = await progress(other);
  expect(halfway).toEqual({ read: began + 6, of: 11 });
  expect((await namesOf(other)).length).toBeGreaterThan(2);
  asked.length = 0;
  expect(await other.sync(server, inSmallPages(asked))).toMatchObject({ kind: 'synced' });
  expect(asked[0]).toBe(halfway?.read);
  expect(await progress(other)).toBeUndefined();
  expect(await namesOf(other)).toEqual(await namesOf(first));
});

it('a start at a snapshot says how many of its records it has read', async () => {
  const memory = memorySyncServer();
  const server = {
    open: (account: { readonly genesis: string }) => memory.open(account.genesis),
    transportOf: (signer: { readonly kid: never }) => memory.transportOf(signer.kid),
  };
  const { away } = await compactedLearner(
    { server: server as never, aYearPasses: () => memory.forgetOld() },
    2,
  );
  const said: (Progress | undefined)[] = [];
  const watching = (transport: SyncTransport): SyncTransport => ({
    ...transport,
    snapshotRecords: async (query) => {
      said.push(await progress(away));
      return transport.snapshotRecords(query);
    },
  });
  expect(await away.sync(server as never, watching)).toMatchObject({ kind: 'synced' });
  const of = said[0]?.of ?? 0;
  expect(of).toBeGreaterThan(8);
  expect(said).toEqual(said.map((_, index) => ({ read: index * 4, of })));
  expect(await progress(away)).toBeUndefined();
});
