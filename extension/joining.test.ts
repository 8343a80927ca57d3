import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import type { Url } from '../shared/model/brands.ts';
import { BackpackError } from '../shared/model/errors.ts';
import { failed, type Result } from '../shared/model/result.ts';
import { Killed } from '../shared/testing/memory-sync-storage.ts';
import { admitByLink, numberOfAdmitted } from './actions/admit-by-link.ts';
import { createAccount } from './actions/create-account.ts';
import { acceptAnswer, answerToOffer, offerToJoin, shownOffer } from './actions/join-by-link.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { removeDevice } from './actions/remove-device.ts';
import { syncNow } from './actions/sync-now.ts';
import { addPasskey, joinByPasskey } from './actions/use-passkey.ts';
import { type Authenticator, newAuthenticator } from './testing/authenticator.ts';
import {
  asked,
  claim,
  done,
  kidOf,
  linkOf,
  type MemoryBrowser,
  namesIn,
  newCode,
  openBrowser,
  startServer,
} from './testing/memory-browser.ts';

afterAll(endTestServers);

/** A backpack in a first browser, and a fresh browser with a badge of its own that is to join it. */
type World = {
  readonly code: string;
  readonly phone: Authenticator;
  readonly first: MemoryBrowser;
  readonly fresh: MemoryBrowser;
  /** texts that were shown for joining by link: each may enrol one device */
  texts: number;
};

async function worldAt(server: Url): Promise<World> {
  const [code, phone] = [newCode(), newAuthenticator()];
  const [first, fresh] = [await openBrowser(server), await openBrowser(server)];
  expect(await createAccount(code, first)).toEqual(done);
  expect(await addPasskey('Phone', holding(first, phone))).toEqual(done);
  for (const name of ['one', 'two']) {
    await claim(first, name);
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
  }
  await claim(fresh, 'own');
  return { code, phone, first, fresh, texts: 0 };
}

const holding = (browser: MemoryBrowser, passkeys: Authenticator) => ({
  ...browser,
  passkeys,
  changeDoc: async () => undefined,
});

/** What a learner does to let `browser`, which is the fresh one, into the backpack; and does again after a failure. */
type Way = (world: World, browser: MemoryBrowser) => Promise<Result<unknown>>;

const ways: Readonly<Record<string, Way>> = {
  'by code': ({ code }, browser) => joinByRecoveryCode(code, browser),
  'by passkey': ({ phone }, browser) => joinByPasskey(holding(browser, phone)),
  'by link': async (world, browser) => {
    let text = await shownOffer(browser);
    if (text === undefined) {
      const offered = await offerToJoin(browser);
      if (!offered.ok) return offered;
      text = offered.value;
      world.texts += 1;
    }
    let number = await answerToOffer(browser);
    if (!number.ok) return number;
    if (number.value === undefined) {
      const admitted = await admitByLink(text, world.first);
      if (!admitted.ok) return admitted;
      number = await answerToOffer(browser);
      if (!number.ok) return number;
      expect(await numberOfAdmitted(admitted.value, world.first)).toEqual(number);
    }
    return acceptAnswer(browser);
  },
};

/** What goes wrong, at the k-th call: `before` it took effect, or `after` it did and nobody heard of it. */
type Trouble = { readonly in: 'storage' | 'network'; readonly when: 'before' | 'after' };

const troubles: readonly Trouble[] = [
  { in: 'storage', when: 'before' },
  { in: 'storage', when: 'after' },
  { in: 'network', when: 'before' },
  { in: 'network', when: 'after' },
];

/** The browser with that trouble; `met`: whether there was a k-th call. */
function troubled(browser: MemoryBrowser, trouble: Trouble, at: number) {
  let [calls, met] = [0, false];
  const counted = async <Value>(work: () => Promise<Value>, fail: () => Value): Promise<Value> => {
    calls += 1;
    if (calls !== at) return work();
    met = true;
    if (trouble.when === 'after') await work();
    return fail();
  };
  const dying = <Given extends readonly unknown[], Value>(call: (...given: Given) => Promise<Value>) =>
    ((...given: Given) =>
      counted(
        () => call(...given),
        () => {
          throw new Killed();
        },
      )) as typeof call;
  const { rows, storage, exchange } = browser;
  const inStorage = {
    rows: { ...rows, get: dying(rows.get), put: dying(rows.put), remove: dying(rows.remove) },
    storage: { ...storage, read: dying(storage.read), write: dying(storage.write) },
  };
  if (trouble.in === 'network')
    browser.exchange = (request) =>
      counted(
        () => exchange(request),
        () => failed(new BackpackError('companion-unreachable')),
      );
  return {
    browser: trouble.in === 'storage' ? { ...browser, ...inStorage } : browser,
    met: () => met,
    end: () => {
      browser.exchange = exchange;
      // What a killed page had in memory.
      browser.root.forget();
    },
  };
}

/** Both browsers hold all badges, and the log names the fresh one once. */
async function expectJoined({ first, fresh, texts }: World): Promise<void> {
  for (const browser of [fresh, first, fresh])
    expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
  for (const browser of [first, fresh]) expect(await namesIn(browser)).toEqual(['one', 'own', 'two']);
  const { devices } = (await linkOf(first)).chain;
  expect(devices.map(({ kid }) => kid)).toContain(await kidOf(fresh));
  expect(devices).toHaveLength(1 + Math.max(texts, 1));
  expect(await joinByRecoveryCode(newCode(), fresh)).toMatchObject({ error: { code: 'account-exists' } });
}

describe.each(Object.entries(ways))('joining %s (T28)', (_, join) => {
  it.each(troubles)(
    'goes on after a failure of the $in $when any call, and never joins by half',
    async (trouble) => {
      const server = await startServer();
      let failures = 0;
      for (let at = 1; ; at += 1) {
        const world = await worldAt(server);
        const { browser, met, end } = troubled(world.fresh, trouble, at);
        const outcome = await join(world, browser).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error;
          return undefined;
        });
        end();
        // Not joined yet is not joined at all; joined is joined for good, whoever heard of it.
        const isIn = (await world.fresh.rows.get('account'))?.enrolled === true;
        if (outcome?.ok === true) expect(isIn).toBe(true);
        const synced = await syncNow(world.fresh, asked);
        expect(synced?.kind).toBe(isIn ? 'synced' : 'no-account');
        for (let time = 0; !isIn && time < 3; time += 1) if ((await join(world, world.fresh)).ok) break;
        await expectJoined(world);
        if (!met()) {
          // Nothing failed this time: the twin, which needed one try.
          expect(outcome).toMatchObject({ ok: true });
          break;
        }
        failures += 1;
      }
      expect(failures).toBeGreaterThanOrEqual(trouble.in === 'storage' ? 12 : 4);
    },
  );
});

it('a browser that was removed before its interrupted joining went on joins under new keys', async () => {
  const world = await worldAt(await startServer());
  const { first, fresh, code } = world;
  const { exchange } = fresh;
  fresh.exchange = async (request) => {
    const answer = await exchange(request);
    return new URL(request.address).pathname === '/v1/commits'
      ? failed(new BackpackError('companion-unreachable'))
      : answer;
  };
  expect(await joinByRecoveryCode(code, fresh)).toMatchObject({ error: { code: 'companion-unreachable' } });
  fresh.exchange = exchange;
  const earlier = await kidOf(fresh);
  expect(await removeDevice(earlier, { ...first, wipeDoc: async () => undefined })).toEqual(done);
  expect(await joinByRecoveryCode(code, fresh)).toEqual(done);
  expect(await kidOf(fresh)).not.toBe(earlier);
  await expectJoined(world);
});
