import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '../companion-server/command.ts';
import { openStorage } from '../companion-server/storage/open-storage.ts';
import { endTestServers, startTestServer } from '../companion-server/testing/test-server.ts';
import { lookAtOwnProfile } from './actions/look-at-own-profile.ts';
import { publishProfile, readProfile } from './actions/publish-profile.ts';
import { syncNow } from './actions/sync-now.ts';
import { unlock } from './actions/unlock.ts';
import {
  addressOf,
  asked,
  claim,
  done,
  linkOf,
  type MemoryBrowser,
  namesIn,
  openBackpacks,
} from './testing/memory-browser.ts';

afterAll(endTestServers);

const dayMs = 24 * 60 * 60 * 1000;
const profile = { handle: 'mia', name: 'Mia Lerner', about: '', badges: [] };

/** A learner who has published, and whoever runs her server. */
async function publishedPage() {
  const server = await startTestServer({ RATE_SCALE: '1000' });
  const { code, browsers } = await openBackpacks(1, addressOf(server));
  const [browser] = browsers as [MemoryBrowser];
  const publish = async () => {
    expect(await unlock(code, browser)).toEqual(done);
    return publishProfile(profile, { documents: [] }, browser);
  };
  expect(await publish()).toMatchObject({ ok: true });
  await claim(browser, 'kept');
  const operator = async (...words: readonly string[]) => {
    const storage = await openStorage(server.database.place);
    expect(await runCommand(words, { storage, clock: browser.clock })).toMatchObject({ isDone: true });
    await storage.close();
  };
  return { browser, publish, operator };
}

/** What it found out at a look a day later; looking makes no alarm. */
async function aDayLater(browser: MemoryBrowser) {
  browser.time += dayMs;
  await lookAtOwnProfile(browser);
  expect((await linkOf(browser)).distrust).toBeUndefined();
  const { goneSince, takenDown } = (await browser.rows.get('profile-look')) ?? {};
  return { gone: goneSince !== undefined, takenDown };
}

async function keepsItsBadges(browser: MemoryBrowser): Promise<void> {
  expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
  expect(await namesIn(browser)).toContain('kept');
}

describe('a learner whose page the operator closed', () => {
  it('is told at the daily look and when publishing that it was taken down, and publishes once it is restored', async () => {
    const { browser, publish, operator } = await publishedPage();
    await aDayLater(browser);
    expect(await aDayLater(browser)).toEqual({ gone: false, takenDown: undefined });
    await operator('takedown', 'mia');
    expect(await aDayLater(browser)).toEqual({ gone: true, takenDown: true });
    expect(await publish()).toMatchObject({ error: { code: 'profile-taken-down' } });
    await keepsItsBadges(browser);
    await operator('restore', 'mia');
    // Nothing is there, but it may be published again.
    expect(await aDayLater(browser)).toEqual({ gone: true, takenDown: undefined });
    expect(await publish()).toMatchObject({ ok: true });
    expect(await readProfile(browser)).toMatchObject({ state: 'published', manifest: { seq: 1 } });
    expect(await aDayLater(browser)).toEqual({ gone: false, takenDown: undefined });
  });

  it('is told when publishing that it is suspended, and is shown again as it was', async () => {
    const { browser, publish, operator } = await publishedPage();
    await aDayLater(browser);
    await operator('suspend', 'mia');
    expect(await aDayLater(browser)).toEqual({ gone: true, takenDown: undefined });
    expect(await publish()).toMatchObject({ error: { code: 'profile-suspended' } });
    expect(await readProfile(browser)).toMatchObject({ state: 'published', manifest: { seq: 1 } });
    await keepsItsBadges(browser);
    await operator('restore', 'mia');
    expect(await aDayLater(browser)).toEqual({ gone: false, takenDown: undefined });
    expect(await publish()).toMatchObject({ ok: true });
  });
});
