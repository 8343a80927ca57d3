import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { parseLogPage } from '../shared/protocol/log.ts';
import { commitHashOf } from '../shared/sync/commit.ts';
import type { ServerEffects } from './server.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { ask, askSigned, Learner, newRecord, type Reply } from './testing/learner.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';

afterEach(endTestServers);

/** Asks again for as long as the server says that it has too much to do, and counts how often it said so. */
async function untilAnswered(ask: () => Promise<Reply>, refusals: Reply[]): Promise<Reply> {
  for (;;) {
    const reply = await ask();
    if (reply.status !== 503) return reply;
    refusals.push(reply);
    await pause(20 + Math.random() * 50);
  }
}

describe('a server with more to do than it takes', () => {
  it('refuses what is too much at once, does the rest, and loses nothing that it acknowledged', async () => {
    let mayWrite = Promise.resolve();
    const effects: Omit<ServerEffects, 'log'> = {
      openStorage: async (place) => {
        const storage = await openStorage(place);
        const write: Storage['write'] = (account, work) => mayWrite.then(() => storage.write(account, work));
        return { ...storage, write };
      },
    };
    const server = await startTestServer({ RATE_SCALE: '1000', MAX_REQUESTS: '3' }, effects);
    const learners: Learner[] = [];
    for (let index = 0; index < 12; index += 1) learners.push(await Learner.create(server));
    const refusals: Reply[] = [];
    // Whoever came first is not done before another one was refused, however fast the machine is.
    const firstRefusal = Promise.withResolvers<void>();
    mayWrite = firstRefusal.promise;
    const pushed = await Promise.all(
      learners.map(async (learner) => {
        const ids: string[] = [];
        for (let index = 0; index < 3; index += 1) {
          const record = newRecord();
          const commit = await learner.dataCommit([record]);
          // The very same bytes again, so that a push whose answer was lost is no second one.
          const reply = await untilAnswered(async () => {
            const reply = await learner.pushToken(commit, [record.bytes]);
            if (reply.status === 503) firstRefusal.resolve();
            return reply;
          }, refusals);
          expect([200, 201]).toContain(reply.status);
          learner.head = { n: learner.head.n + 1, h: await commitHashOf(commit) };
          ids.push(record.id);
          expect((await ask(server.address, 'GET', '/healthz')).status).toBe(200);
        }
        return ids;
      }),
    );
    expect(refusals.length).toBeGreaterThan(0);
    for (const { headers, json } of refusals) {
      expect(json).toEqual({ error: 'unavailable' });
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(server.logText()).toContain('"status":503,"name":"AtCapacity"');
    for (const [index, learner] of learners.entries()) {
      const call = { method: 'GET', path: '/v1/log?after=-1', account: learner.id } as const;
      const page = parseLogPage((await askSigned(server, learner.device, call)).body);
      if (!page.ok) throw page.error;
      expect(page.value.head).toEqual(learner.head);
      expect(page.value.records.map(({ id }) => id).sort()).toEqual(pushed[index]?.sort());
    }
  });

  it('keeps no place for one who sends slowly', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000', MAX_REQUESTS: '1' });
    const learner = await Learner.create(server);
    const slow = connect(Number(new URL(server.address).port), '127.0.0.1');
    slow.write(
      'POST /v1/commits HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\nexpect: 100-continue\r\n\r\n',
    );
    // It was asked to go on, and sends no more.
    await once(slow, 'data');
    expect((await untilAnswered(() => learner.push([newRecord()]), [])).status).toBe(201);
    slow.destroy();
  });

  it.each([
    ['a page', 'GET / HTTP/1.1'],
    ['a call without a body', 'GET /v1/meta HTTP/1.1'],
    ['whether the server lives', 'GET /healthz HTTP/1.1'],
  ])('keeps none for one who asks for %s with a body that never ends', async (_, line) => {
    const server = await startTestServer({ RATE_SCALE: '1000', MAX_REQUESTS: '1' });
    const slow = connect(server.port, '127.0.0.1');
    const head = `${line}\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n`;
    slow.write(`GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n${head}`);
    // The first of the two is answered: the other came with it.
    await once(slow, 'data');
    expect((await untilAnswered(() => ask(server.address, 'GET', '/v1/meta'), [])).status).toBe(200);
    // Once it ends it is answered like any other.
    slow.write('0\r\n\r\n');
    expect(String(await once(slow, 'data'))).toContain('HTTP/1.1 200 OK');
    slow.destroy();
  });

  it.each(['while it is read', 'before it is read'])(
    'calls it no fault of its own when an upload breaks off %s',
    async (when) => {
      let mayCount = Promise.resolve();
      const server = await startTestServer(
        { RATE_SCALE: '1000' },
        {
          openStorage: async (place) => {
            const storage = await openStorage(place);
            return {
              ...storage,
              write: (account, work) => mayCount.then(() => storage.write(account, work)),
            };
          },
        },
      );
      const counted = Promise.withResolvers<void>();
      if (when === 'before it is read') mayCount = counted.promise;
      const breaking = connect(server.port, '127.0.0.1');
      breaking.write(
        'POST /v1/accounts HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n',
      );
      // It came as far as its head.
      await once(breaking, 'data');
      breaking.resetAndDestroy();
      // By the second answer the server has heard of it.
      for (let count = 0; count < 2; count += 1) await ask(server.address, 'GET', '/healthz');
      counted.resolve();
      while (!server.logText().includes('/v1/accounts')) await pause(5);
      expect(server.logText()).toContain('"path":"/v1/accounts","status":400');
      expect(server.logText()).not.toContain('failed');
    },
  );

  it('leaves it to a proxy, or to the client, to end a connection on which nobody asks', async () => {
    const server = await startTestServer();
    const reply = await fetch(`${server.address}/healthz`);
    const [, seconds] = /timeout=(\d+)/.exec(reply.headers.get('keep-alive') ?? '') ?? [];
    // Proxies keep theirs for a minute.
    expect(Number(seconds)).toBeGreaterThan(60);
  });
});
