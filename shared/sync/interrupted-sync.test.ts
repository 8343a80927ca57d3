import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { memorySyncServer } from '../testing/memory-sync-server.ts';
import { Killed } from '../testing/memory-sync-storage.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { fieldOf } from './doc.ts';
import { logNumberOf } from './log-number.ts';

async function twoBrowsers(seed: number) {
  const log = memorySyncServer();
  const server: SyncServer = {
    open: (account) => log.open(account.genesis),
    transportOf: (signer) => log.transportOf(signer.kid),
  };
  const { account, first } = await openLearner(server, seeded(seed));
  const second = await joinLearner(server, account, seeded(seed + 1));
  for (const browser of [first, second]) await synced(browser, server);
  return { log, server, first, second };
}

async function synced(browser: SyncDevice, server: SyncServer): Promise<void> {
  expect(await browser.sync(server)).toMatchObject({ kind: 'synced' });
}

const namesIn = async (browser: SyncDevice) =>
  (await browser.docs()).map((doc) => fieldOf(doc, 'name') ?? 'removed').sort();

/** Does it with the storage failing at its k-th call; `false` once there is no k-th. */
async function fails(
  browser: SyncDevice,
  at: number,
  when: 'before' | 'after',
  work: () => Promise<unknown>,
) {
  browser.storage.killAt(at, when);
  const thrown = await work().then(
    () => undefined,
    (error: unknown) => error,
  );
  browser.storage.killAt(Number.POSITIVE_INFINITY, when);
  if (thrown !== undefined && !(thrown instanceof Killed)) throw thrown;
  return thrown !== undefined;
}

describe('a browser whose storage fails at any call (T28)', () => {
  it.each(['before', 'after'] as const)(
    '%s it took effect goes on at the next start, and loses nothing',
    async (when) => {
      let failures = 0;
      for (let at = 1; ; at += 1) {
        const { server, first, second } = await twoBrowsers(at);
        await first.claim('mine', utf8('mine'));
        const [mine] = await first.docs();
        await first.claim('to be removed', utf8('to be removed'));
        await synced(first, server);
        const gone = (await first.docs()).find(({ id }) => id !== mine?.id);
        await second.claim('of the other', utf8('of the other'));
        await synced(second, server);
        await first.claim('offline', utf8('offline'));
        if (gone !== undefined) await first.remove(gone.id);
        const failed = await fails(first, at, when, () => first.sync(server));
        await synced(first, server);
        await synced(second, server);
        expect(await namesIn(first)).toEqual(['mine', 'of the other', 'offline', 'removed']);
        expect(await second.docs()).toEqual(await first.docs());
        if (!failed) break;
        failures += 1;
      }
      expect(failures).toBeGreaterThan(6);
    },
  );

  it('has a claim whole or not at all, and keeps one that it said was kept', async () => {
    for (const when of ['before', 'after'] as const)
      for (let at = 1; ; at += 1) {
        const { server, first, second } = await twoBrowsers(at);
        await first.claim('kept', utf8('kept'));
        const failed = await fails(first, at, when, () => first.claim('new', utf8('new')));
        await synced(first, server);
        await synced(second, server);
        const names = await namesIn(second);
        expect(names).toContain('kept');
        if (!failed) expect(names).toContain('new');
        expect(await second.docs()).toEqual(await first.docs());
        if (!failed) break;
      }
  });
});

describe('a browser that syncs in two places at once (T30)', () => {
  it('sends each change in one commit, in any of 200 rounds', async () => {
    const { log, server, first, second } = await twoBrowsers(1);
    for (let round = 0; round < 200; round += 1) {
      const before = log.head()?.n ?? 0;
      await first.claim(`badge ${round}`, utf8(`badge ${round}`));
      await Promise.all([first.sync(server), first.sync(server)]);
      await synced(first, server);
      expect(log.head()?.n, `round ${round}`).toBe(before + 1);
    }
    await synced(second, server);
    expect(await namesIn(second)).toHaveLength(200);
    expect(await second.docs()).toEqual(await first.docs());
  });
});

describe('a server that tells two browsers two stories (T5)', () => {
  it('cannot join them again: the browser told otherwise finds it out, and their log numbers differ', async () => {
    const { log, server, first, second } = await twoBrowsers(2);
    const fork = log.copy();
    const other: SyncServer = { ...server, transportOf: (signer) => fork.transportOf(signer.kid) };
    await first.claim('here', utf8('here'));
    await synced(first, server);
    await second.claim('there', utf8('there'));
    await synced(second, other);
    expect(log.head()?.n).toBe(fork.head()?.n);
    expect(await numberOf(first)).not.toBe(await numberOf(second));
    for (const [browser, shown] of [
      [first, other],
      [second, server],
    ] as const)
      expect(await browser.sync(shown)).toEqual({ kind: 'distrust', reason: 'log-differs' });
    expect(await namesIn(first)).toEqual(['here']);
    expect(await namesIn(second)).toEqual(['there']);
  });

  it('that tells all the same story shows all the same number', async () => {
    const { server, first, second } = await twoBrowsers(3);
    await first.claim('here', utf8('here'));
    await synced(first, server);
    await synced(second, server);
    expect(await numberOf(second)).toBe(await numberOf(first));
  });
});

async function numberOf(browser: SyncDevice): Promise<string> {
  const [link] = await browser.storage.tables.link.get(['link']);
  if (link?.chain === undefined) throw new TypeError('no chain');
  return logNumberOf(link.chain.head);
}
