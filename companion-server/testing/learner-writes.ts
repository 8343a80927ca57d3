import { instantOf } from '../../shared/model/brands.ts';
import { base64UrlOf } from '../../shared/model/bytes.ts';
import { type Commit, signCommit } from '../../shared/sync/commit.ts';
import { snapshotOf } from '../../shared/sync/snapshot.ts';
import { unlockersHashOf } from '../../shared/sync/unlocker.ts';
import { jsonBody, Learner, newRecord, type Reply, random, type Target } from './learner.ts';
import { Publisher } from './publisher.ts';
import { SoftwarePasskey } from './software-authenticator.ts';

/** Something that a learner has the server write: all of it is made ready, so that it can be sent again. */
export type LearnerWrite = {
  readonly name: string;
  /** how its first statement that changes anything begins */
  readonly from: string;
  /** what it is answered when it is new, and when it is done already */
  readonly answers: readonly [first: number, again: number];
  readonly prepare: (target: Target) => Promise<PreparedWrite>;
};

export type PreparedWrite = { readonly learner: Learner; readonly send: () => Promise<Reply> };

export const learnerWrites: readonly LearnerWrite[] = [
  {
    name: 'an account opened',
    from: 'insert into "accounts"',
    answers: [201, 200],
    prepare: async (target) => {
      const learner = await Learner.prepare(target);
      return { learner, send: () => learner.open() };
    },
  },
  {
    name: 'records pushed',
    from: 'update "accounts"',
    answers: [201, 200],
    prepare: async (target) => {
      const learner = await Learner.create(target);
      const first = newRecord();
      await learner.push([first]);
      const records = [newRecord(), { ...first, rev: 2, bytes: random(545) }];
      const commit = await learner.dataCommit(records);
      const bytes = records.map((record) => record.bytes);
      return { learner, send: () => learner.pushToken(commit, bytes) };
    },
  },
  {
    name: 'a snapshot pushed',
    from: 'update "accounts"',
    answers: [201, 200],
    prepare: async (target) => {
      const learner = await Learner.create(target);
      const { n, h: prev } = learner.head;
      const snap = await snapshotOf(learner.keyHead, []);
      const said: Commit = { v: 1, acct: learner.id, n: n + 1, prev, kind: 'snapshot', snap };
      const commit = await signCommit(said, learner.device);
      return { learner, send: () => learner.pushToken(commit, []) };
    },
  },
  {
    name: 'a passkey added',
    from: 'update "accounts"',
    answers: [204, 204],
    prepare: async (target) => {
      const learner = await Learner.create(target);
      const unlocker = new SoftwarePasskey().kept();
      const unlockers = await unlockersHashOf([...learner.unlockers, unlocker]);
      const body = jsonBody({ unlocker, commit: await learner.keyCommit({ unlockers }) });
      const call = { method: 'PUT', path: `/v1/unlockers/${unlocker.id}`, body } as const;
      return { learner, send: () => learner.call(learner.account, call) };
    },
  },
  {
    name: 'a letter left',
    from: 'insert into "mailboxes"',
    answers: [201, 200],
    prepare: async (target) => {
      const learner = await Learner.create(target);
      const path = `/v1/mailbox/${base64UrlOf(random(16))}`;
      const call = { method: 'POST', path, body: jsonBody({ box: 'sealed' }) } as const;
      return { learner, send: () => learner.call(learner.device, call) };
    },
  },
  {
    name: 'a handle claimed',
    from: 'insert into "handles"',
    answers: [201, 201],
    prepare: async (target) => {
      const learner = await Learner.create(target);
      const handle = `h${learner.id
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '0')
        .slice(0, 20)}`;
      const call = { method: 'PUT', path: '/v1/handle', body: jsonBody({ handle }) } as const;
      return { learner, send: () => learner.call(learner.account, call) };
    },
  },
  {
    name: 'badges published',
    from: 'insert into "manifests"',
    answers: [201, 200],
    prepare: async (target) => {
      const { publisher, token } = await readyToPublish(target);
      return { learner: publisher.learner, send: () => publisher.put(token, '"0"') };
    },
  },
  {
    name: 'an account deleted',
    from: 'delete from "accounts"',
    // Nobody of that name may ask anything afterwards.
    answers: [204, 401],
    prepare: async (target) => {
      const { learner } = await readyToPublish(target);
      const call = { method: 'DELETE', path: '/v1/account' } as const;
      return { learner, send: () => learner.call(learner.account, call) };
    },
  },
];

/** A handle, a document, and the manifest that would make it public. */
async function readyToPublish(target: Target) {
  const publisher = await Publisher.create(target);
  const { hash } = await publisher.lay(random(1000));
  const token = await publisher.manifest([
    { doc: hash, with: [], seenValidAt: instantOf(0), recipient: 'hidden' },
  ]);
  return { publisher, learner: publisher.learner, token };
}
