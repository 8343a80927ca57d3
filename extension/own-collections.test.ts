import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { instantOf } from '../shared/model/brands.ts';
import type { DocId } from '../shared/sync/doc.ts';
import { discloseBadges } from './actions/disclose-badges.ts';
import { plannedCollections } from './actions/gather-profile.ts';
import { lookAtOwnProfile } from './actions/look-at-own-profile.ts';
import { publishProfile } from './actions/publish-profile.ts';
import { syncNow } from './actions/sync-now.ts';
import { trustAgain } from './actions/trust-again.ts';
import { unlock } from './actions/unlock.ts';
import type { CompanionRequest } from './companion-exchange.ts';
import { openAtForkingServer } from './testing/forking-server.ts';
import { asked, claim, type MemoryBrowser, openBackpacks } from './testing/memory-browser.ts';
import { aDayLater, sync } from './testing/own-page.ts';
import { collect, keep } from './testing/own-things.ts';

afterAll(endTestServers);

/** Publishes the profile as it is, and the unlisted collections, under the words for the page. */
async function publish(browser: MemoryBrowser, code: string, about: string): Promise<void> {
  await unlock(code, browser);
  const collections = await plannedCollections(browser.storage);
  const disclosed = await discloseBadges(
    collections.flatMap(({ badges }) => badges),
    browser,
  );
  const documents = disclosed.flatMap((one) => one.documents.map(({ hash }) => hash));
  const profile = { handle: 'mia', name: 'Mia', about, badges: [], collections };
  expect(await publishProfile(profile, { documents }, browser)).toMatchObject({ ok: true });
}

/** The number of the manifest that a browser last saw at a secret address. */
const seenAt = async ({ rows }: MemoryBrowser, secret: string) =>
  (await rows.get('profile-look'))?.unlisted?.[secret]?.seen?.seq;

/** The page is left as it was: whatever comes for it is what came the first time. */
function sameOldPage(browser: MemoryBrowser): void {
  const { exchange } = browser;
  let page: Awaited<ReturnType<typeof exchange>> | undefined;
  browser.exchange = async (request) => {
    if (!request.address.endsWith('/@mia.jws')) return exchange(request);
    page ??= await exchange(request);
    return page;
  };
}

async function withBadge(first: MemoryBrowser): Promise<string> {
  const badge: DocId = await keep(first, 'For one school');
  return collect(first, 'job', badge, 'unlisted');
}

describe('the daily look at unlisted collections of one’s own', () => {
  it('finds out a server that tells another story there alone (T5)', async () => {
    const { browsers, code, fork } = await openAtForkingServer(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    const secret = await withBadge(first);
    await publish(first, code, 'one');
    await sync(first, second);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await Promise.all([first, second].map((one) => seenAt(one, secret)))).toEqual([1, 1]);
    sameOldPage(second);
    await aDayLater(second);
    fork(second);
    await claim(first, 'of the one story');
    await claim(second, 'of the other');
    await sync(first, second);
    await publish(first, code, 'told to the first');
    expect(await aDayLater(first, second)).toEqual([undefined, 'profile-differs']);
    expect(await syncNow(second, asked)).toEqual({ kind: 'distrust', reason: 'profile-differs' });
    // One alarm for each manifest.
    await trustAgain(second);
    expect(await aDayLater(second)).toEqual([undefined]);
  });

  it('raises no alarm where all are told the same, also of one that was ended (T5, the honest twin)', async () => {
    const { browsers, code, server } = await openBackpacks(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    const secret = await withBadge(first);
    await publish(first, code, 'one');
    await sync(first, second);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    await claim(first, 'later');
    await publish(first, code, 'two');
    // The other has not heard of it yet, and looks all the same.
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await Promise.all([first, second].map((one) => seenAt(one, secret)))).toEqual([2, 2]);
    await first.changeDoc('collection|job', { reach: 'private' });
    await publish(first, code, 'three');
    expect((await fetch(new URL(`/@mia/${secret}.jws`, server))).status).toBe(404);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await seenAt(first, secret)).toBeUndefined();
  });

  it('finds out an older list that is shown again, and none that does not come (T53)', async () => {
    const { browsers, code, server } = await openBackpacks(1);
    const [first] = browsers as [MemoryBrowser];
    const secret = await withBadge(first);
    await publish(first, code, 'one');
    const old = new Uint8Array(await (await fetch(new URL(`/@mia/${secret}.jws`, server))).arrayBuffer());
    await claim(first, 'later');
    await sync(first);
    await publish(first, code, 'two');
    expect(await aDayLater(first)).toEqual([undefined]);
    const { exchange } = first;
    let shown: 'nothing' | 'the page' | 'the older list' = 'nothing';
    first.exchange = async (request) => {
      if (!request.address.endsWith(`${secret}.jws`)) return exchange(request);
      if (shown === 'the page')
        return exchange({ ...request, address: request.address.replace(`/${secret}`, '') });
      if (shown === 'nothing') return exchange({ ...request, address: `${request.address}x` });
      const answer = await exchange(request);
      return answer.ok ? { ok: true, value: { ...answer.value, bytes: old } } : answer;
    };
    expect(await aDayLater(first)).toEqual([undefined]);
    shown = 'the page';
    expect(await aDayLater(first)).toEqual([undefined]);
    expect(await seenAt(first, secret)).toBe(2);
    shown = 'the older list';
    expect(await aDayLater(first)).toEqual(['profile-went-back']);
  });

  it('is the look of anybody: no signature, no account, once a day', async () => {
    const { browsers, code } = await openBackpacks(1);
    const [first] = browsers as [MemoryBrowser];
    const secret = await withBadge(first);
    await publish(first, code, 'one');
    const visits: CompanionRequest[] = [];
    const { exchange } = first;
    first.exchange = (request) => {
      if (request.address.includes(secret)) visits.push(request);
      return exchange(request);
    };
    await aDayLater(first);
    await lookAtOwnProfile(first);
    expect(visits.map(({ method, headers, body }) => ({ method, headers, body }))).toEqual([
      { method: 'GET', headers: {}, body: undefined },
    ]);
    expect((await first.rows.get('profile-look'))?.at).toBe(instantOf(first.time));
  });
});
