import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { utf8 } from '../shared/model/bytes.ts';
import type { Signer } from '../shared/sync/compact-jws.ts';
import { unlockersHashOf } from '../shared/sync/unlocker.ts';
import { tokenTricks } from '../shared/testing/token-tricks.ts';
import { everyRow } from './testing/databases.ts';
import { jsonBody, Learner, newRecord, newSigner, type Reply } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { SoftwarePasskey } from './testing/software-authenticator.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

/** A door that takes a token within a call that is rightly signed, and what it may say of a forged one. */
type Door = {
  readonly name: string;
  readonly said: readonly string[];
  readonly open: () => Promise<{
    readonly signer: Signer;
    readonly good: string;
    readonly send: (token: string) => Promise<Reply>;
  }>;
};

const doors: readonly Door[] = [
  {
    name: 'a genesis',
    // Where no key can be read, nobody has signed the call.
    said: ['401 unauthorized', '422 refused-commit'],
    open: async () => {
      const learner = await Learner.prepare(server);
      const { account, genesis, unlockers } = learner;
      const send = (token: string) =>
        learner.call(account, {
          method: 'POST',
          path: '/v1/accounts',
          body: jsonBody({ genesis: token, unlockers: [...unlockers] }),
        });
      return { signer: account, good: genesis, send };
    },
  },
  {
    name: 'a commit of records',
    said: ['422 refused-commit'],
    open: async () => {
      const learner = await Learner.create(server);
      const record = newRecord();
      const good = await learner.dataCommit([record]);
      return {
        signer: learner.device,
        good,
        send: (token) => learner.pushToken(token, [record.bytes]),
      };
    },
  },
  {
    name: 'a change of keys',
    said: ['422 refused-commit'],
    open: async () => {
      const learner = await Learner.create(server);
      const good = await learner.keyCommit({});
      const send = (token: string) => learner.pushToken(token, [], learner.account);
      return { signer: learner.account, good, send };
    },
  },
  {
    name: 'a way in that is added',
    said: ['422 refused-commit'],
    open: async () => {
      const learner = await Learner.create(server);
      const unlocker = new SoftwarePasskey().kept();
      const unlockers = await unlockersHashOf([...learner.unlockers, unlocker]);
      const path = `/v1/unlockers/${unlocker.id}`;
      const send = (commit: string) =>
        learner.call(learner.account, { method: 'PUT', path, body: jsonBody({ unlocker, commit }) });
      return { signer: learner.account, good: await learner.keyCommit({ unlockers }), send };
    },
  },
  {
    name: 'a manifest',
    said: ['422 manifest-refused'],
    open: async () => {
      const publisher = await Publisher.create(server);
      const { hash } = await publisher.lay(utf8('{"a":"badge"}'));
      const item = { doc: hash, with: [], seenValidAt: instantOf(0), recipient: 'hidden' as const };
      const good = await publisher.manifest([item]);
      const send = (token: string) => publisher.put(token, '"0"');
      return { signer: publisher.learner.identity, good, send };
    },
  },
];

describe('the server (T12)', () => {
  it.each(doors)('refuses every trick with $name, and keeps nothing of it', async ({ said, open }) => {
    const { signer, good, send } = await open();
    const rows = async () =>
      (await everyRow(server.database)).filter((row) => !/^\["(?:seen_requests|counters|checks)/.test(row));
    const before = await rows();
    const others = [];
    for (const { name, token } of await tokenTricks(good, signer, await newSigner())) {
      const { status, json } = await send(token);
      const answer = `${status} ${json['error']}`;
      if (!said.includes(answer)) others.push([name, answer]);
    }
    expect(others).toEqual([]);
    expect(await rows()).toEqual(before);
    expect((await send(good)).status).toBeLessThan(300);
    expect(await rows()).not.toEqual(before);
  });
});
