import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { type MemorySyncServer, memorySyncServer } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import type { SyncTransport } from './transport.ts';

function serverOf(log: MemorySyncServer): SyncServer {
  return {
    open: (account) => log.open(account.genesis),
    transportOf: (signer) => log.transportOf(signer.kid),
  };
}

async function twoBrowsers(seed: number) {
  const server = serverOf(memorySyncServer());
  const { account, first } = await openLearner(server, seeded(seed));
  const second = await joinLearner(server, account, seeded(seed + 1));
  for (const browser of [first, second]) expect(await browser.sync(server)).toMatchObject({ kind: 'synced' });
  return { server, first, second };
}

/** Does something once a call's answer is there, and before anybody sees it. */
const beforeAnswered =
  (call: 'pull' | 'push', meanwhile: () => Promise<unknown>) =>
  (transport: SyncTransport): SyncTransport => {
    let isOver = false;
    const then = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
      const answer = await asked;
      if (!isOver) {
        isOver = true;
        await meanwhile();
      }
      return answer;
    };
    return call === 'pull'
      ? { ...transport, pull: (query) => then(transport.pull(query)) }
      : { ...transport, push: (body) => then(transport.push(body)) };
  };

const namesIn = async (browser: SyncDevice) =>
  (await browser.docs()).map((doc) => String(doc.f['name']?.[0])).sort();

describe('a second runner on one store, where no lock keeps it out (T30)', () => {
  it('takes what the first has stored meanwhile for no lie of the server', async () => {
    const { server, first, second } = await twoBrowsers(1);
    await first.claim('of the other', utf8('of the other'));
    await first.sync(server);
    const late = beforeAnswered('pull', () => second.sync(server));
    expect(await second.sync(server, late)).toMatchObject({ kind: 'synced' });
    expect(await second.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(second)).toEqual(['of the other']);
  });

  it('nor what the first has sent meanwhile', async () => {
    const { server, first, second } = await twoBrowsers(3);
    let answered = false;
    // Asked after the other runner has sent, and answered to one that knew nothing of it.
    const late = (transport: SyncTransport): SyncTransport => ({
      ...transport,
      pull: async (query) => {
        if (!answered) {
          answered = true;
          await second.claim('mine', utf8('mine'));
          await second.sync(server);
        }
        return transport.pull(query);
      },
    });
    expect(await second.sync(server, late)).toMatchObject({ kind: 'synced' });
    await first.sync(server);
    for (const browser of [first, second]) expect(await namesIn(browser)).toEqual(['mine']);
  });

  it('pushes the same commit, which is one', async () => {
    const { server, first, second } = await twoBrowsers(5);
    await second.claim('mine', utf8('mine'));
    const late = beforeAnswered('push', () => second.sync(server));
    expect(await second.sync(server, late)).toMatchObject({ kind: 'synced' });
    await first.sync(server);
    for (const browser of [first, second]) expect(await namesIn(browser)).toEqual(['mine']);
  });
});
