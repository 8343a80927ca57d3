import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { utf8 } from '../shared/model/bytes.ts';
import { BackpackError } from '../shared/model/errors.ts';
import { failed } from '../shared/model/result.ts';
import { logNumberOf } from '../shared/sync/log-number.ts';
import { beginPassed } from '../shared/sync/passed-commits.ts';
import { lookAtOwnProfile } from './actions/look-at-own-profile.ts';
import { type PublishDeps, publishProfile } from './actions/publish-profile.ts';
import { rejoinServer } from './actions/rejoin-server.ts';
import { replaceRoot } from './actions/replace-root.ts';
import { signProfileAnew } from './actions/sign-profile-anew.ts';
import { syncNow } from './actions/sync-now.ts';
import { trustAgain } from './actions/trust-again.ts';
import { unlock } from './actions/unlock.ts';
import { unpublishProfile } from './actions/unpublish-profile.ts';
import { type CompanionRequest, exchange } from './companion-exchange.ts';
import { openAtForkingServer } from './testing/forking-server.ts';
import {
  asked,
  claim,
  done,
  linkOf,
  type MemoryBrowser,
  namesIn,
  newCode,
  openBackpacks,
} from './testing/memory-browser.ts';
import { aDayLater, sync } from './testing/own-page.ts';

afterAll(endTestServers);

const profile = { handle: 'mia', name: 'Mia Lerner', about: '', badges: [] };

/** As the learner types it in, where a browser has locked itself meanwhile. */
const codes = new Map<MemoryBrowser, string>();

async function unlocked(browser: MemoryBrowser): Promise<PublishDeps> {
  expect(await unlock(codes.get(browser), browser)).toEqual(done);
  return browser;
}

async function publish(browser: MemoryBrowser, about = ''): Promise<void> {
  const published = await publishProfile({ ...profile, about }, { documents: [] }, await unlocked(browser));
  expect(published).toMatchObject({ ok: true });
}

/** What it has written down for the other browsers of its page never reaches them. */
const forgetList = ({ storage }: MemoryBrowser) =>
  storage.write((tables) => tables.dirty.remove(['settings|profile']));

const seenBy = async ({ rows }: MemoryBrowser) => (await rows.get('profile-look'))?.seen?.seq;

async function open(count: number) {
  const world = await openBackpacks(count);
  for (const browser of world.browsers) codes.set(browser, world.code);
  return world;
}

/** Three browsers that have published, been told of it, and looked once. */
async function threeAtForkingServer() {
  const world = await openAtForkingServer(3);
  const [first, second, third] = world.browsers as [MemoryBrowser, MemoryBrowser, MemoryBrowser];
  for (const browser of world.browsers) codes.set(browser, world.code);
  await publish(first);
  await sync(first, second, third);
  // The first time there is only the waiting for the first look.
  expect(await aDayLater(first, second, third)).toEqual([undefined, undefined, undefined]);
  expect(await aDayLater(first, second, third)).toEqual([undefined, undefined, undefined]);
  expect(await Promise.all([first, second, third].map(seenBy))).toEqual([1, 1, 1]);
  return { ...world, first, second, third };
}

describe('the daily look at the page of one’s own', () => {
  it('finds out a server that tells one of three browsers another story (T5)', async () => {
    const { first, second, third, fork } = await threeAtForkingServer();
    fork(second);
    await claim(first, 'of the one story');
    await claim(second, 'of the other');
    await sync(first, second, third);
    // Each side holds together, so that syncing alone shows nothing.
    expect(await aDayLater(first, second, third)).toEqual([undefined, undefined, undefined]);
    await publish(first, 'told to the first');
    await sync(first, second, third);
    expect(await aDayLater(first, second, third)).toEqual([undefined, 'profile-differs', undefined]);
    const [one, other] = [await linkOf(first), await linkOf(second)];
    expect(logNumberOf(other.chain.head)).not.toBe(logNumberOf(one.chain.head));
    expect(logNumberOf((await linkOf(third)).chain.head)).toBe(logNumberOf(one.chain.head));
    // Nothing is lost and nothing more is sent or published.
    await claim(second, 'kept here');
    expect(await syncNow(second, asked)).toEqual({ kind: 'distrust', reason: 'profile-differs' });
    expect((await linkOf(second)).chain.head).toEqual(other.chain.head);
    expect(await namesIn(second)).toEqual(expect.arrayContaining(['of the other', 'kept here']));
    const refused = await publishProfile(profile, { documents: [] }, await unlocked(second));
    expect(refused).toMatchObject({ error: { code: 'sync-distrust' } });

    // Whoever goes on all the same is told again of the next publication, and not of this one.
    await trustAgain(second);
    await sync(second);
    expect(await aDayLater(second)).toEqual([undefined]);
    await publish(first, 'told to the first again');
    expect(await aDayLater(second)).toEqual(['profile-differs']);
  });

  it('remembers what was published here while it looked, and nothing older (T5)', async () => {
    const { browsers } = await open(1);
    const [only] = browsers as [MemoryBrowser];
    await publish(only);
    let hasPublished = false;
    only.exchange = async (request) => {
      const answer = await exchange(request);
      if (!hasPublished && request.address.endsWith('/@mia.jws')) {
        hasPublished = true;
        await publish(only, 'while it looked');
      }
      return answer;
    };
    expect(await seenBy(only)).toBe(1);
    expect(await aDayLater(only)).toEqual([undefined]);
    expect([hasPublished, await seenBy(only)]).toEqual([true, 2]);
    expect(await aDayLater(only)).toEqual([undefined]);
    expect(await seenBy(only)).toBe(2);
  });

  it('remembers nothing of a page that was ended, and begun anew, while it looked (T5)', async () => {
    const { browsers } = await open(1);
    const [only] = browsers as [MemoryBrowser];
    for (const about of ['one', 'two', 'three']) await publish(only, about);
    let hasBegunAnew = false;
    only.exchange = async (request) => {
      const answer = await exchange(request);
      if (!hasBegunAnew && request.address.endsWith('/@mia.jws')) {
        hasBegunAnew = true;
        expect(await unpublishProfile(only)).toEqual(done);
        await lookAtOwnProfile(only);
        expect(await only.rows.get('profile-look')).toBeUndefined();
        await publish(only, 'anew');
      }
      return answer;
    };
    expect(await seenBy(only)).toBe(3);
    expect(await aDayLater(only)).toEqual([undefined]);
    expect([hasBegunAnew, await seenBy(only)]).toEqual([true, 1]);
    expect(await aDayLater(only)).toEqual([undefined]);
  });

  it('raises no alarm where all three are told the same, however late they hear of it (T5, the honest twin)', async () => {
    const { first, second, third } = await threeAtForkingServer();
    await claim(first, 'of the one story');
    await claim(second, 'of the same');
    await sync(first, second);
    await publish(first, 'told to all');
    // The mark is of a commit that the others have not read yet; and the last has not sent what it published.
    expect(await aDayLater(first, second, third)).toEqual([undefined, undefined, undefined]);
    await publish(third, 'told to all again');
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await Promise.all([first, second, third].map(seenBy))).toEqual([3, 3, 3]);
    await sync(first, second, third);
    expect((await linkOf(second)).chain.head).toEqual((await linkOf(first)).chain.head);
  });

  it('is the look of anybody: no signature, no account, nothing sent', async () => {
    const { browsers } = await open(1);
    const [first] = browsers as [MemoryBrowser];
    await publish(first);
    const visits: CompanionRequest[] = [];
    const { exchange } = first;
    first.exchange = (request) => {
      if (request.address.includes('/@mia')) visits.push(request);
      return exchange(request);
    };
    await lookAtOwnProfile(first);
    expect(visits).toEqual([]);
    await aDayLater(first);
    await lookAtOwnProfile(first);
    expect(visits.map(({ method, headers, body }) => ({ method, headers, body }))).toEqual([
      { method: 'GET', headers: {}, body: undefined },
    ]);
  });

  it('takes a mark of before a browser began for what it is, and one that is new for a fork', async () => {
    const { first, second, fork } = await threeAtForkingServer();
    // As after a start at a snapshot: nothing before is known, and the list of an earlier publication was lost.
    await publish(first, 'never written down for the others');
    await claim(first, 'later');
    await forgetList(first);
    await sync(first, second);
    await second.storage.write(async (tables) => {
      const [link] = await tables.link.get(['link']);
      if (link?.chain !== undefined) await beginPassed(link.chain.head, tables);
    });
    expect(await aDayLater(second)).toEqual([undefined]);
    expect(await seenBy(second)).toBe(2);
    fork(second);
    await claim(first, 'of the one story');
    await sync(first);
    await publish(first, 'told to the first');
    expect(await aDayLater(second)).toEqual(['profile-differs']);
  });

  it('finds out a server that shows an older page again, and lets a new beginning be (T53)', async () => {
    const { browsers, server } = await open(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    const shown = async () => (await fetch(new URL('/@mia.jws', server))).arrayBuffer();
    await publish(first, 'one');
    const old = new Uint8Array(await shown());
    await publish(first, 'two');
    await sync(first, second);
    await aDayLater(second);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    // Ended, and published anew: numbers begin at 1 again, and the second browser was told of neither.
    expect(await unpublishProfile(first)).toEqual(done);
    await claim(first, 'between');
    await forgetList(first);
    await sync(first);
    await publish(first, 'one again');
    await forgetList(first);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await Promise.all([first, second].map(seenBy))).toEqual([1, 1]);
    for (const browser of [first, second]) {
      const { exchange } = browser;
      browser.exchange = async (request) => {
        const answer = await exchange(request);
        const isPage = request.address.endsWith('/@mia.jws');
        return isPage && answer.ok ? { ok: true, value: { ...answer.value, bytes: old } } : answer;
      };
    }
    expect(await aDayLater(first, second)).toEqual(['profile-went-back', 'profile-went-back']);
  });

  it('finds out a page that the learner did not sign, and knows his by an earlier key', async () => {
    const { browsers, server } = await open(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    await publish(first);
    await sync(first, second);
    await aDayLater(second);
    const code = newCode();
    expect(await replaceRoot(code, await unlocked(first))).toEqual(done);
    codes.set(first, code);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await signProfileAnew(await unlocked(first))).toEqual(done);
    expect(await aDayLater(first, second)).toEqual([undefined, undefined]);
    expect(await Promise.all([first, second].map(seenBy))).toEqual([2, 2]);
    const { browsers: strangers, server: elsewhere } = await open(1);
    await publish(strangers[0] as MemoryBrowser);
    const { exchange } = second;
    second.exchange = (request) =>
      exchange({
        ...request,
        address: request.address.endsWith('/@mia.jws')
          ? request.address.replace(new URL(server).origin, new URL(elsewhere).origin)
          : request.address,
      });
    expect(await aDayLater(second)).toEqual(['profile-not-signed']);
  });

  it('looks again before it says so: the keys may have changed while it caught up', async () => {
    const { browsers } = await open(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    await publish(first);
    await sync(first, second);
    await aDayLater(second);
    await publish(first, 'never written down for the other');
    await forgetList(first);
    const { exchange } = second;
    let looks = 0;
    second.exchange = async (request) => {
      const answer = await exchange(request);
      if (!request.address.endsWith('/@mia.jws')) return answer;
      looks += 1;
      if (looks > 1) return answer;
      expect(await replaceRoot(newCode(), await unlocked(first))).toEqual(done);
      expect(await signProfileAnew(first)).toEqual(done);
      await forgetList(first);
      return answer;
    };
    expect(await aDayLater(second)).toEqual([undefined]);
    expect([looks, await seenBy(second)]).toEqual([2, 3]);
  });

  it('makes no alarm of a page that does not come, but remembers since when', async () => {
    const { browsers } = await open(1);
    const [first] = browsers as [MemoryBrowser];
    await publish(first);
    const { exchange } = first;
    let answer: 'not reached' | 'not there' | 'something else' | 'honest' = 'not reached';
    first.exchange = async (request) => {
      if (!request.address.endsWith('/@mia.jws') || answer === 'honest') return exchange(request);
      if (answer === 'not reached') return failed(new BackpackError('companion-unreachable'));
      const bytes = utf8(answer === 'not there' ? '{"error":"not-found"}' : '<p>Maintenance</p>');
      const status = answer === 'not there' ? 404 : 200;
      return { ok: true, value: { status, header: () => undefined, bytes } };
    };
    const goneSince = async () => (await first.rows.get('profile-look'))?.goneSince;
    expect(await aDayLater(first)).toEqual([undefined]);
    expect(await goneSince()).toBeUndefined();
    answer = 'not there';
    expect(await aDayLater(first)).toEqual([undefined]);
    const since = await goneSince();
    expect(since).toBe(first.clock());
    answer = 'something else';
    expect(await aDayLater(first)).toEqual([undefined]);
    expect(await goneSince()).toBe(since);
    answer = 'honest';
    expect(await aDayLater(first)).toEqual([undefined]);
    expect(await goneSince()).toBeUndefined();
    expect(await seenBy(first)).toBe(1);
    // Ended by the learner himself it is not missed.
    expect(await unpublishProfile(first)).toEqual(done);
    await aDayLater(first);
    expect(await first.rows.get('profile-look')).toBeUndefined();
  });

  it('forgives an older page to a server that was restored, once the learner has said so (T8)', async () => {
    const { first, second, third, fork, forkVisitors } = await threeAtForkingServer();
    // The second server behind it is the backup.
    fork();
    await publish(first, 'lost with the disk');
    await sync(first, second, third);
    expect(await aDayLater(first, second, third)).toEqual([undefined, undefined, undefined]);
    fork(first, second, third);
    forkVisitors();
    for (const browser of [first, second, third]) {
      expect(await syncNow(browser, asked)).toMatchObject({ kind: 'distrust' });
      // Trusting the page is not trusting the log.
      await trustAgain(browser);
      expect((await linkOf(browser)).distrust).toMatch(/^log-/);
      await unlocked(browser);
      expect(await rejoinServer(browser)).toEqual(done);
    }
    await sync(first, second, third);
    expect(await aDayLater(first, second, third)).toEqual([undefined, undefined, undefined]);
    expect(await Promise.all([first, second, third].map(seenBy))).toEqual([1, 1, 1]);
    await publish(second, 'published again');
    await sync(second);
    expect(await aDayLater(first, second, third)).toEqual([undefined, undefined, undefined]);
    expect(await Promise.all([first, second, third].map(seenBy))).toEqual([2, 2, 2]);
  });
});
