import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { compactedLearner, compactNow } from '../testing/compaction.ts';
import { memorySyncServer } from '../testing/memory-sync-server.ts';
import { memorySyncStorage } from '../testing/memory-sync-storage.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { beginPassed, commitMarked, maxPassedCommits, notePassed, readPassed } from './passed-commits.ts';
import { markOf } from './record-id.ts';
import type { LogHead } from './shapes.ts';

function serverNow() {
  const memory = memorySyncServer();
  const server: SyncServer = {
    open: (account) => memory.open(account.genesis),
    transportOf: (signer) => memory.transportOf(signer.kid),
  };
  return { memory, server };
}

const passedBy = ({ storage }: SyncDevice) => storage.read(readPassed);
const chainOf = async ({ storage }: SyncDevice) =>
  (await storage.read((tables) => tables.link.get(['link'])))[0]?.chain;

describe('the commits that a device has passed', () => {
  it('are all of them, whether it wrote, read or made anew what it knows', async () => {
    const { server } = serverNow();
    const { account, first } = await openLearner(server, seeded(1));
    expect(await passedBy(first)).toEqual([(await chainOf(first))?.head]);
    for (const name of ['one', 'two', 'three']) {
      await first.claim(name, utf8(name));
      expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    }
    const second = await joinLearner(server, account, seeded(2));
    expect(await second.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    const passed = await passedBy(first);
    expect(passed.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4]);
    expect(await passedBy(second)).toEqual(passed);
    expect(passed.at(-1)).toEqual((await chainOf(first))?.head);
    const { blind } = account.keys;
    for (const { n, h } of passed) expect(await commitMarked(await markOf(blind, h), blind, passed)).toBe(n);
    const other = await openLearner(serverNow().server, seeded(3));
    const strange = await Promise.all((await passedBy(other.first)).map(({ h }) => markOf(blind, h)));
    expect(strange).toHaveLength(1);
    for (const mark of strange) expect(await commitMarked(mark, blind, passed)).toBeUndefined();
  });

  it('begin at the snapshot where a device had to start at one', async () => {
    const { memory, server } = serverNow();
    const { first, away } = await compactedLearner(
      { server, aYearPasses: async () => memory.forgetOld() },
      20,
    );
    const before = (await passedBy(away)).length;
    expect(before).toBeGreaterThan(1);
    expect(await away.sync(server)).toMatchObject({ kind: 'synced' });
    const passed = await passedBy(away);
    const head = (await chainOf(away))?.head.n ?? 0;
    expect(passed[0]?.n).toBeGreaterThan(before);
    expect(passed.map(({ n }) => n)).toEqual(passed.map((_, index) => head - passed.length + 1 + index));
    // Whoever was there all the time knows them all, a snapshot of its own or not.
    await compactNow(first, server);
    expect((await passedBy(first)).map(({ n }) => n)[0]).toBe(0);
  });

  it(`are kept up to ${maxPassedCommits}, the newest`, async () => {
    const storage = memorySyncStorage();
    const head = (n: number) => ({ n, h: `hash ${n}` }) as unknown as LogHead;
    await storage.write((tables) => beginPassed(head(7), tables));
    for (let n = 8; n < maxPassedCommits + 7; n += 100)
      await storage.write((tables) =>
        notePassed(
          Array.from({ length: Math.min(100, maxPassedCommits + 7 - n) }, (_, index) => head(n + index)),
          tables,
        ),
      );
    const full = await storage.read(readPassed);
    expect([full.length, full[0]?.n, full.at(-1)?.n]).toEqual([maxPassedCommits, 7, maxPassedCommits + 6]);
    await storage.write((tables) => notePassed([head(maxPassedCommits + 7)], tables));
    const more = await storage.read(readPassed);
    expect([more.length, more[0]?.n, more.at(-1)?.n]).toEqual([maxPassedCommits, 8, maxPassedCommits + 7]);
    await storage.write((tables) => beginPassed(head(90_000), tables));
    expect(await storage.read(readPassed)).toEqual([head(90_000)]);
  });
});
