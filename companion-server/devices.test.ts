import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sha256 } from '../shared/model/brands.ts';
import { parseLogPage } from '../shared/protocol/log.ts';
import { commitHashOf } from '../shared/sync/commit.ts';
import type { LogPage } from '../shared/sync/transport.ts';
import { unlockersHashOf } from '../shared/sync/unlocker.ts';
import { askSigned, jsonBody, Learner, newDevice, newRecord } from './testing/learner.ts';
import { SoftwarePasskey } from './testing/software-authenticator.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

async function pull(learner: Learner, after = -1): Promise<LogPage> {
  const reply = await learner.call(learner.device, { method: 'GET', path: `/v1/log?after=${after}` });
  expect(reply.status).toBe(200);
  return parsed(reply.body);
}

const maxRacedPushes = 40;

/** Number of commits in the whole log, page by page: a slow revocation may come after hundreds of pushes. */
async function commitsOf(learner: Learner): Promise<number> {
  let count = 0;
  for (;;) {
    const { commits, more } = await pull(learner, count - 1);
    count += commits.length;
    if (!more) return count;
  }
}

describe('devices', () => {
  it('are enrolled by a key commit and then may write', async () => {
    const learner = await Learner.create(server);
    const { signer, device } = await newDevice();
    expect((await learner.call(signer, { method: 'GET', path: '/v1/log?after=-1' })).status).toBe(401);
    const commit = await learner.keyCommit({ add: device });
    expect((await learner.pushToken(commit, [], learner.account)).status).toBe(201);
    learner.head = { n: 1, h: await commitHashOf(commit) };
    learner.keyHead = learner.head.h;
    const record = newRecord();
    const data = await learner.dataCommit([record], {}, signer);
    expect((await learner.pushToken(data, [record.bytes], signer)).status).toBe(201);
    expect((await learner.call(signer, { method: 'GET', path: '/v1/log?after=-1' })).status).toBe(200);
  });

  it('that were revoked are refused at once with 403; the order in the chain decides (T13)', async () => {
    const learner = await Learner.create(server);
    const { signer, device } = await newDevice();
    const add = await learner.keyCommit({ add: device });
    await learner.pushToken(add, [], learner.account);
    learner.head = { n: 1, h: await commitHashOf(add) };
    learner.keyHead = learner.head.h;
    // The second device pushes in a loop while the first one revokes it.
    const outcomes: number[] = [];
    const revocation = Promise.withResolvers<void>();
    const loop = (async () => {
      for (;;) {
        // On a busy machine the loop could win every race for ever; it lets the revocation through after a while.
        if (outcomes.length === maxRacedPushes) await revocation.promise;
        const record = newRecord();
        const page = await learner.call(signer, { method: 'GET', path: '/v1/log?after=0' });
        if (page.status !== 200) {
          outcomes.push(page.status);
          return;
        }
        const { head } = parsed(page.body);
        const commit = await learner.dataCommit([record], { n: head.n + 1, prev: head.h }, signer);
        const { status } = await learner.pushToken(commit, [record.bytes], signer);
        outcomes.push(status);
        // Revoked between the two calls.
        if (status === 403) return;
      }
    })();
    for (;;) {
      const { head } = await pull(learner, 0);
      learner.head = head;
      const revoke = await learner.keyCommit({ revoke: device.kid });
      const reply = await learner.pushToken(revoke, []);
      if (reply.status === 201) break;
      expect(reply.status).toBe(412);
    }
    revocation.resolve();
    await loop;
    expect(outcomes.at(-1)).toBe(403);
    expect(new Set(outcomes.slice(0, -1))).toSatisfy((seen: Set<number>) =>
      [...seen].every((status) => [201, 412].includes(status)),
    );
    // Every push that was acknowledged is in the chain, none after the revocation.
    expect(await commitsOf(learner)).toBe(2 + outcomes.filter((status) => status === 201).length + 1);
    const revoked = await learner.call(signer, { method: 'GET', path: '/v1/log?after=-1' });
    expect([revoked.status, revoked.json]).toEqual([403, { error: 'revoked' }]);
  });
});

function parsed(body: Uint8Array): LogPage {
  const page = parseLogPage(body);
  if (!page.ok) throw page.error;
  return page.value;
}

describe('unlockers', () => {
  it('come and go with the key commit that names the set, never the last one', async () => {
    const learner = await Learner.create(server);
    const second = new SoftwarePasskey().kept();
    const both = [...learner.unlockers, second];
    const put = async (commit: string) =>
      learner.call(learner.account, {
        method: 'PUT',
        path: `/v1/unlockers/${second.id}`,
        body: jsonBody({ unlocker: second, commit }),
      });
    const remove = async (id: string, commit: string) =>
      learner.call(learner.account, {
        method: 'DELETE',
        path: `/v1/unlockers/${id}`,
        body: jsonBody({ commit }),
      });
    // Without the wrap of the new set no plain push may name it.
    const naming = await learner.keyCommit({ unlockers: await unlockersHashOf(both) });
    expect((await learner.pushToken(naming, [], learner.account)).json).toMatchObject({
      detail: 'unlockers',
    });
    const wrong = await learner.keyCommit({ unlockers: 'A'.repeat(43) as Sha256 });
    expect((await put(wrong)).json).toMatchObject({ error: 'refused-commit', detail: 'unlockers' });
    expect((await put(naming)).status).toBe(204);
    expect((await put(naming)).status).toBe(204);
    learner.head = { n: 1, h: await commitHashOf(naming) };
    learner.keyHead = learner.head.h;
    const less = await learner.keyCommit({ unlockers: await unlockersHashOf([second]) });
    expect((await remove(learner.unlockers[0]?.id ?? '', less)).status).toBe(204);
    learner.head = { n: 2, h: await commitHashOf(less) };
    learner.keyHead = learner.head.h;
    const gone = await askSigned(server, learner.recovery, { method: 'POST', path: '/v1/unlock/recovery' });
    expect(gone.status).toBe(401);
    const none = await learner.keyCommit({ unlockers: await unlockersHashOf([]) });
    expect((await remove(second.id, none)).json).toEqual({ error: 'last-unlocker' });
  });
});
