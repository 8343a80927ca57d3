import { afterEach, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { pushBodyOf } from '../shared/protocol/commits.ts';
import { parseLogPage } from '../shared/protocol/log.ts';
import type { DatabasePlace } from './storage/engine.ts';
import { openStorage } from './storage/open-storage.ts';
import { ask, authorize, Learner, newRecord, newSigner } from './testing/learner.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';

afterEach(endTestServers);
// In the middle of an hour and of a minute, so that no window ends by itself.
const middle = Date.parse('2026-05-05T12:30:30.000Z');

describe('limits', () => {
  it('stop the eleventh failed try of a recovery code within an hour, and not the right code of others (T14)', async () => {
    let now = middle;
    const server = await startTestServer({ TRUSTED_PROXIES: '127.0.0.0/8' }, { clock: () => instantOf(now) });
    const learner = await Learner.create(server);
    const unlock = async (signer: typeof learner.recovery, from: string) => {
      const call = { method: 'POST', path: '/v1/unlock/recovery' } as const;
      const authorization = await authorize(server, signer, call);
      return (
        await ask(server.address, 'POST', call.path, { headers: { authorization, 'x-forwarded-for': from } })
      ).status;
    };
    const stranger = await newSigner();
    for (let index = 0; index < 10; index += 1) expect(await unlock(stranger, '198.51.100.7')).toBe(401);
    expect(await unlock(stranger, '198.51.100.7')).toBe(429);
    expect(await unlock(learner.recovery, '198.51.100.7')).toBe(429);
    expect(await unlock(learner.recovery, '198.51.100.8')).toBe(200);
    for (let index = 0; index < 12; index += 1)
      expect(await unlock(learner.recovery, '198.51.100.9')).toBe(200);
    // Whoever has one address of IPv6 has as many as he likes.
    for (let index = 0; index < 10; index += 1)
      expect(await unlock(stranger, `2001:db8:1:2::${index}`)).toBe(401);
    expect(await unlock(stranger, '2001:db8:1:2:ffff::1')).toBe(429);
    expect(await unlock(learner.recovery, '2001:db8:1:3::1')).toBe(200);
    now += 3600 * 1000;
    expect(await unlock(learner.recovery, '198.51.100.7')).toBe(200);
  });

  it('stop the eleventh failed try also of those made at once, at whichever process, and count none that succeeds (T14)', async () => {
    const effects = { clock: () => instantOf(middle) };
    const one = await startTestServer({ TRUSTED_PROXIES: '127.0.0.0/8' }, effects);
    const environment = { TRUSTED_PROXIES: '127.0.0.0/8', PUBLIC_ORIGIN: one.origin };
    const two = await startTestServer(environment, effects, one.database);
    const learner = await Learner.create(one);
    const stranger = await newSigner();
    const call = { method: 'POST', path: '/v1/unlock/recovery' } as const;
    const atOnce = async (count: number, signer: typeof stranger, from: string) => {
      const signed = [];
      for (let index = 0; index < count; index += 1) signed.push(await authorize(one, signer, call));
      const statuses = await Promise.all(
        signed.map(async (authorization, index) => {
          const headers = { authorization, 'x-forwarded-for': from };
          return (await ask([one, two][index % 2]?.address ?? '', 'POST', call.path, { headers })).status;
        }),
      );
      return statuses.sort();
    };
    for (let time = 0; time < 2; time += 1)
      expect(await atOnce(10, learner.recovery, '198.51.100.7')).toEqual(Array(10).fill(200));
    expect(await atOnce(30, stranger, '198.51.100.7')).toEqual([
      ...Array(10).fill(401),
      ...Array(20).fill(429),
    ]);
    expect(await atOnce(1, learner.recovery, '198.51.100.7')).toEqual([429]);
    expect(await atOnce(1, learner.recovery, '198.51.100.8')).toEqual([200]);
  });

  it('let those wait a moment that come while ten are under way, and till the hour ends where ten failed (T14)', async () => {
    let mayAnswer = Promise.resolve();
    const effects = {
      clock: () => instantOf(middle),
      openStorage: async (place: DatabasePlace) => {
        const storage = await openStorage(place);
        const ask: typeof storage.ask = (question) => mayAnswer.then(() => storage.ask(question));
        return { ...storage, ask };
      },
    };
    const one = await startTestServer({}, effects);
    const two = await startTestServer({ PUBLIC_ORIGIN: one.origin }, effects, one.database);
    const learner = await Learner.create(one);
    const call = { method: 'POST', path: '/v1/unlock/recovery' } as const;
    // One will do while the clock stands, and what asks for it is counted as well.
    const nonce = String((await ask(one.address, 'HEAD', '/v1/nonce')).headers['backpack-nonce']);
    const begin = (count: number, signer: typeof learner.recovery) =>
      Array.from({ length: count }, async (_, index) => {
        const authorization = await authorize(one, signer, call, nonce);
        const address = [one, two][index % 2]?.address ?? '';
        const { status, headers } = await ask(address, 'POST', call.path, { headers: { authorization } });
        return [status, headers['retry-after']];
      });
    const eleven = async (signers: readonly [of: number, signer: typeof learner.recovery][]) => {
      const held = Promise.withResolvers<void>();
      mayAnswer = held.promise;
      const all = signers.flatMap(([of, signer]) => begin(of, signer));
      // None but the one too many is answered yet.
      const first = await Promise.race(all);
      held.resolve();
      return [first, (await Promise.all(all)).map(([status]) => status).sort()];
    };
    const stranger = await newSigner();
    for (let time = 0; time < 2; time += 1)
      expect(await eleven([[11, learner.recovery]])).toEqual([
        [429, '1'],
        [...Array(10).fill(200), 429],
      ]);
    await Promise.all(begin(8, stranger));
    expect(await eleven([[3, learner.recovery]])).toEqual([
      [429, '1'],
      [200, 200, 429],
    ]);
    await Promise.all(begin(2, stranger));
    expect(await Promise.all(begin(2, learner.recovery))).toEqual(Array(2).fill([429, '1770']));
  });

  it('count unsigned calls by address: sixty a minute, then a wait is named', async () => {
    let now = middle;
    const server = await startTestServer({}, { clock: () => instantOf(now) });
    const call = () =>
      ask(server.address, 'GET', '/v1/meta', { headers: { 'x-forwarded-for': '203.0.113.1' } });
    for (let index = 0; index < 60; index += 1) expect((await call()).status).toBe(200);
    const refused = await call();
    expect([refused.status, refused.json, refused.headers['retry-after']]).toEqual([
      429,
      { error: 'too-many-requests' },
      '30',
    ]);
    expect(refused.headers['backpack-nonce']).toBeDefined();
    // Public pages are not counted, and a proxy that nobody trusts cannot say whose call it is.
    for (let index = 0; index < 70; index += 1)
      expect((await ask(server.address, 'GET', '/')).status).toBe(200);
    expect(
      (await ask(server.address, 'GET', '/v1/meta', { headers: { 'x-forwarded-for': '203.0.113.2' } }))
        .status,
    ).toBe(429);
    now += 30_000;
    expect((await call()).status).toBe(200);
  });

  it('count signed calls by account, and scale as the operator says', async () => {
    const server = await startTestServer({ RATE_SCALE: '0.1' }, { clock: () => instantOf(middle) });
    const learner = await Learner.prepare(server);
    // A tenth of sixty: six unsigned calls a minute, the account's own opening among them.
    const opened = await learner.open();
    expect(opened.status).toBe(201);
    // The clock stands still here, and so the nonce stays good.
    const nonce = String(opened.headers['backpack-nonce']);
    const call = { method: 'GET', path: '/v1/log?after=-1', account: learner.id } as const;
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1) {
      const authorization = await authorize(server, learner.device, call, nonce);
      statuses.push((await ask(server.address, 'GET', call.path, { headers: { authorization } })).status);
    }
    expect(statuses).toEqual([...Array(60).fill(200), 429]);
  });

  it('count pushes by device, those refused as well, and a push past them has no effect', async () => {
    const server = await startTestServer({ RATE_SCALE: '0.1' }, { clock: () => instantOf(middle) });
    const learner = await Learner.prepare(server);
    const nonce = String((await learner.open()).headers['backpack-nonce']);
    const push = async (body: Uint8Array) => {
      const call = { method: 'POST', path: '/v1/commits', body, account: learner.id } as const;
      const authorization = await authorize(server, learner.device, call, nonce);
      return (await ask(server.address, 'POST', call.path, { headers: { authorization }, body })).status;
    };
    const next = async () => {
      const record = newRecord();
      return pushBodyOf({ commit: await learner.dataCommit([record]), records: [record.bytes] });
    };
    const statuses: number[] = [];
    for (let index = 0; index < 10; index += 1) statuses.push(await push(new Uint8Array(3)));
    const [first, rival] = [await next(), await next()];
    // A tenth of a hundred and twenty.
    statuses.push(await push(first), await push(rival), await push(first));
    expect(statuses).toEqual([...Array(10).fill(400), 201, 412, 429]);
    const call = { method: 'GET', path: '/v1/log?after=0', account: learner.id } as const;
    const authorization = await authorize(server, learner.device, call, nonce);
    const log = parseLogPage(
      (await ask(server.address, 'GET', call.path, { headers: { authorization } })).body,
    );
    expect(log.ok && log.value.commits.length).toBe(1);
  });

  it('let a class of thirty sign up from one address block, and stop the sixty-first in an hour', async () => {
    const server = await startTestServer(
      { TRUSTED_PROXIES: '127.0.0.1' },
      { clock: () => instantOf(middle) },
    );
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1) {
      const from = `198.51.100.${index + 1}`;
      const target = server;
      const learner = await Learner.prepare(target);
      const nonce = String((await ask(server.address, 'GET', '/v1/log')).headers['backpack-nonce']);
      const body = Buffer.from(JSON.stringify({ genesis: learner.genesis, unlockers: learner.unlockers }));
      const call = { method: 'POST', path: '/v1/accounts', body, account: learner.id } as const;
      const authorization = await authorize(target, learner.account, call, nonce);
      statuses.push(
        (
          await ask(server.address, 'POST', call.path, {
            headers: { authorization, 'x-forwarded-for': from },
            body,
          })
        ).status,
      );
    }
    expect(statuses).toEqual([...Array(60).fill(201), 429]);
  });

  it('count a call whose signature is no good as an unsigned one', async () => {
    const server = await startTestServer({}, { clock: () => instantOf(middle) });
    const learner = await Learner.create(server);
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1)
      statuses.push((await ask(server.address, 'POST', '/v1/commits', { body: new Uint8Array(100) })).status);
    expect(statuses).toEqual([...Array(60).fill(401), 429]);
    // A revoked or mistaken client of the same address waits with it; a good one elsewhere does not.
    expect((await learner.call(learner.device, { method: 'GET', path: '/v1/log?after=-1' })).status).toBe(
      429,
    );
  });

  it('hold at once at every process, also where a call came in before', async () => {
    const effects = { clock: () => instantOf(middle) };
    const one = await startTestServer({}, effects);
    const two = await startTestServer({ PUBLIC_ORIGIN: one.origin }, effects, one.database);
    const learner = await Learner.create(one);
    const call = { method: 'GET', path: '/v1/log?after=-1', account: learner.id } as const;
    const read = async () => {
      const authorization = await authorize(one, learner.device, call);
      return (await ask(two.address, 'GET', call.path, { headers: { authorization } })).status;
    };
    expect(await read()).toBe(200);
    for (let index = 0; index < 60; index += 1)
      expect((await ask(one.address, 'POST', '/v1/commits')).status).toBe(401);
    expect(await read()).toBe(429);
  });

  it('count calls whose signature is no good also when they come at once', async () => {
    const server = await startTestServer({}, { clock: () => instantOf(middle) });
    const statuses = await Promise.all(
      Array.from({ length: 80 }, async () => (await ask(server.address, 'POST', '/v1/commits')).status),
    );
    expect(statuses.sort()).toEqual([...Array(60).fill(401), ...Array(20).fill(429)]);
  });

  it('are not dodged by a client that says it is another behind a proxy of its own', async () => {
    const server = await startTestServer(
      { TRUSTED_PROXIES: '10.0.0.0/8' },
      { clock: () => instantOf(middle) },
    );
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1)
      statuses.push(
        (
          await ask(server.address, 'HEAD', '/v1/nonce', {
            headers: { 'x-forwarded-for': `203.0.113.${index}` },
          })
        ).status,
      );
    expect(statuses).toEqual([...Array(60).fill(204), 429]);
  });
});
