import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMetaReply } from '../shared/protocol/meta.ts';
import { parseUnlockReply } from '../shared/protocol/unlockers.ts';
import { parseCommit, signCommit } from '../shared/sync/commit.ts';
import { unlockersHashOf } from '../shared/sync/unlocker.ts';
import { ask, askSigned, jsonBody, Learner, newRecord, newSigner } from './testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

describe('opening an account', () => {
  it('answers 201, and 200 with the same body for the same genesis again', async () => {
    const learner = await Learner.prepare(server);
    const first = await learner.open();
    const second = await learner.open();
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.json).toEqual({ account: learner.id, head: learner.head });
    expect(second.json).toEqual(first.json);
  });

  it('refuses a genesis that does not hold together', async () => {
    const learner = await Learner.prepare(server);
    const [unlocker] = learner.unlockers;
    if (unlocker === undefined) throw new Error('no unlocker');
    const open = (genesis: string, unlockers: typeof learner.unlockers) =>
      learner.call(learner.account, {
        method: 'POST',
        path: '/v1/accounts',
        body: jsonBody({ genesis, unlockers }),
      });
    expect((await open(learner.genesis, [{ ...unlocker, wrap: 'AAAA' }])).json).toMatchObject({
      error: 'refused-commit',
      detail: 'unlockers',
    });
    // One letter in the middle of the signature is another.
    const letter = learner.genesis.at(-40) === 'A' ? 'B' : 'A';
    const forged = `${learner.genesis.slice(0, -40)}${letter}${learner.genesis.slice(-39)}`;
    expect((await open(forged, learner.unlockers)).status).toBeGreaterThanOrEqual(401);
    const stranger = await newSigner();
    const byStranger = await askSigned(server, stranger, {
      method: 'POST',
      path: '/v1/accounts',
      body: jsonBody({ genesis: learner.genesis, unlockers: learner.unlockers }),
      account: learner.id,
    });
    expect(byStranger.status).toBe(401);
    expect((await learner.open()).status).toBe(201);
  });

  it('takes each recovery code once, and keeps nothing of the account that came second', async () => {
    const learner = await Learner.create(server);
    const other = await Learner.prepare(server);
    // The same code cannot come about twice; a copied key must not take another's place.
    const { genesis, unlockers } = await copiedUnlocker(other, learner);
    const reply = await other.call(other.account, {
      method: 'POST',
      path: '/v1/accounts',
      body: jsonBody({ genesis, unlockers }),
    });
    expect(reply.status).toBe(409);
    expect(reply.json).toEqual({ error: 'unlocker-taken' });
    expect((await other.open()).status).toBe(201);
  });

  it('hands out the wrap to the code, and to nothing else', async () => {
    const learner = await Learner.create(server);
    const unlock = (signer: typeof learner.recovery) =>
      askSigned(server, signer, { method: 'POST', path: '/v1/unlock/recovery' });
    const reply = parseUnlockReply((await unlock(learner.recovery)).body);
    expect(reply.ok && reply.value).toMatchObject({
      account: learner.id,
      unlocker: learner.unlockers[0],
      head: learner.head,
    });
    for (const signer of [await newSigner(), learner.device, learner.account, learner.identity]) {
      const refused = await unlock(signer);
      expect([refused.status, refused.body.toString()]).toEqual([401, '{"error":"unauthorized"}']);
    }
  });
});

async function copiedUnlocker(learner: Learner, from: Learner) {
  const unlockers = from.unlockers.map((unlocker) => ({ ...unlocker }));
  const parsed = await parseCommit(learner.genesis);
  if (!parsed.ok || parsed.value.commit.kind !== 'genesis') throw new Error('no genesis');
  const { commit } = parsed.value;
  const gen = { ...commit.gen, unlockers: await unlockersHashOf(unlockers) };
  return { genesis: await signCommit({ ...commit, gen }, learner.account), unlockers };
}

describe('the server about itself', () => {
  it('says what it is and takes', async () => {
    const reply = parseMetaReply((await ask(server.address, 'GET', '/v1/meta')).body);
    expect(reply.ok && reply.value).toMatchObject({ api: 'v1', origin: server.origin, registration: 'open' });
    expect((await ask(server.address, 'GET', '/healthz')).status).toBe(200);
    expect((await ask(server.address, 'GET', '/readyz')).status).toBe(200);
  });

  it('erases an account on its own wish, whole', async () => {
    const learner = await Learner.create(server);
    await learner.push([newRecord()]);
    const remove = () => learner.call(learner.account, { method: 'DELETE', path: '/v1/account' });
    expect((await learner.call(learner.device, { method: 'DELETE', path: '/v1/account' })).status).toBe(401);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(401);
    expect((await learner.call(learner.device, { method: 'GET', path: '/v1/log?after=-1' })).status).toBe(
      401,
    );
  });
});
