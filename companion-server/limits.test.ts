import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sha256 } from '../shared/model/brands.ts';
import { sha256Of } from '../shared/model/bytes.ts';
import {
  maxAccountBytes,
  maxCommitRecords,
  maxDevices,
  maxLiveRecords,
  maxManifestBytes,
  maxPublishedBytes,
  maxPublishedDocumentBytes,
  maxPublishedDocuments,
  maxPushBytes,
  maxSealedBytes,
  maxUnlockers,
} from '../shared/model/limits.ts';
import { pushBodyOf } from '../shared/protocol/commits.ts';
import { parseLogPage } from '../shared/protocol/log.ts';
import { commitHashOf } from '../shared/sync/commit.ts';
import {
  clock,
  Learner,
  type NewRecord,
  newDevice,
  newRecord,
  type Reply,
  random,
} from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { SoftwarePasskey } from './testing/software-authenticator.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

/*
 * T33: what is at a ceiling of design §16 is taken, one more is refused, and nothing of the refused one is kept.
 */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

/** How many commits the log has, and the ids of the records that live. */
async function stands(learner: Learner): Promise<{ readonly commits: number; readonly records: Sha256[] }> {
  let after = -1;
  let commits = 0;
  const records = new Set<Sha256>();
  for (;;) {
    const reply = await learner.call(learner.device, { method: 'GET', path: `/v1/log?after=${after}` });
    const page = parseLogPage(reply.body);
    if (!page.ok) throw page.error;
    commits += page.value.commits.length;
    after += page.value.commits.length;
    for (const { id } of page.value.records) records.add(id);
    if (!page.value.more) return { commits, records: [...records].sort() };
  }
}

/** What is refused leaves the log as it was, and the learner can go on where he stood. */
async function isRefused(
  learner: Learner,
  attempt: () => Promise<Reply>,
  status: number,
  error: string,
): Promise<void> {
  const before = await stands(learner);
  const reply = await attempt();
  expect([reply.status, reply.json['error']]).toEqual([status, error]);
  expect(await stands(learner)).toEqual(before);
  expect((await learner.push([newRecord()])).status).toBe(201);
}

/** Eight records whose push has exactly so many bytes. */
async function pushOf(learner: Learner, length: number): Promise<{ commit: string; records: NewRecord[] }> {
  const full = Array.from({ length: 7 }, () => newRecord(maxSealedBytes));
  const last = newRecord(300_000);
  let size = last.bytes.length;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const records = [...full, { ...last, bytes: random(size) }];
    const commit = await learner.dataCommit(records);
    const body = pushBodyOf({ commit, records: records.map(({ bytes }) => bytes) });
    if (body.length === length) return { commit, records };
    size += length - body.length;
  }
  throw new Error('no push of that length could be made');
}

describe('a push (T33)', () => {
  it('holds 100 records, and not 101', async () => {
    const learner = await Learner.create(server);
    const many = Array.from({ length: maxCommitRecords }, () => newRecord());
    expect((await learner.push(many)).status).toBe(201);
    expect((await stands(learner)).records).toEqual(many.map(({ id }) => id).sort());
    const more = Array.from({ length: maxCommitRecords + 1 }, () => newRecord());
    await isRefused(learner, () => learner.push(more), 400, 'malformed-request');
    // Records that only go away weigh nothing, and are counted all the same.
    const gone = { ...newRecord(), h: await sha256Of(new Uint8Array()), len: 0 };
    const entries = await Promise.all(
      more
        .slice(1)
        .map(async ({ id, rev, bytes }) => ({ id, rev, h: await sha256Of(bytes), len: bytes.length })),
    );
    const attempt = async () =>
      learner.pushToken(
        await learner.dataCommit([], { recs: [...entries, { id: gone.id, rev: 1, h: gone.h, len: 0 }] }),
        more.slice(1).map(({ bytes }) => bytes),
      );
    await isRefused(learner, attempt, 422, 'refused-commit');
  });

  it('holds a record of 512 KiB sealed, and not one byte more', async () => {
    const learner = await Learner.create(server);
    expect((await learner.push([newRecord(maxSealedBytes)])).status).toBe(201);
    await isRefused(learner, () => learner.push([newRecord(maxSealedBytes + 1)]), 422, 'refused-commit');
  });

  it('has a body of 4 MiB, and not one byte more', async () => {
    const learner = await Learner.create(server);
    const over = await pushOf(learner, maxPushBytes + 1);
    const send = ({ commit, records }: typeof over) =>
      learner.pushToken(
        commit,
        records.map(({ bytes }) => bytes),
      );
    const before = await stands(learner);
    const refused = await send(over);
    expect([refused.status, refused.json['error']]).toEqual([413, 'too-large']);
    expect(await stands(learner)).toEqual(before);
    const whole = await pushOf(learner, maxPushBytes);
    expect((await send(whole)).status).toBe(201);
    expect((await stands(learner)).records).toEqual(whole.records.map(({ id }) => id).sort());
  });
});

describe('an account (T33)', () => {
  it.each([
    ['200,000 live records', { live_records: maxLiveRecords - 1 }, 545],
    ['2 GiB', { used_bytes: maxAccountBytes - 545 }, 545],
  ] as const)('holds %s and no more; what is deleted makes room again', async (_, used, size) => {
    const learner = await Learner.create(server);
    const kept = newRecord(size);
    // So much is not really pushed: the counts are set to just below the ceiling, as if it had been.
    await server.database.with((database) =>
      database.updateTable('accounts').set(used).where('id', '=', learner.id).execute(),
    );
    expect((await learner.push([kept])).status).toBe(201);
    const before = await stands(learner);
    const refused = await learner.push([newRecord(size)]);
    expect([refused.status, refused.json['error']]).toEqual([507, 'quota']);
    expect(await stands(learner)).toEqual(before);
    // A change that takes no more room than before is no growth.
    expect((await learner.push([{ ...kept, rev: 2, bytes: random(size) }])).status).toBe(201);
    const gone = { id: kept.id, rev: 3, h: await sha256Of(new Uint8Array()), len: 0 };
    const commit = await learner.dataCommit([], { recs: [gone] });
    expect((await learner.pushToken(commit, [])).status).toBe(201);
    learner.head = { n: learner.head.n + 1, h: await commitHashOf(commit) };
    expect((await learner.push([newRecord(size)])).status).toBe(201);
    expect((await learner.push([newRecord(size)])).status).toBe(507);
  });

  it('has 10 unlockers, and not 11', async () => {
    const learner = await Learner.create(server);
    const add = (): Promise<Reply> => learner.addUnlocker(new SoftwarePasskey().kept());
    while (learner.unlockers.length < maxUnlockers) expect((await add()).status).toBe(204);
    await isRefused(learner, add, 507, 'quota');
  });

  it('has 20 devices, and not 21', async () => {
    const learner = await Learner.create(server);
    const add = async (): Promise<Reply> => {
      const commit = await learner.keyCommit({ add: (await newDevice()).device });
      const reply = await learner.pushToken(commit, [], learner.account);
      if (reply.status === 201) {
        learner.head = { n: learner.head.n + 1, h: await commitHashOf(commit) };
        learner.keyHead = learner.head.h;
      }
      return reply;
    };
    for (let count = 1; count < maxDevices; count += 1) expect((await add()).status).toBe(201);
    await isRefused(learner, add, 422, 'refused-commit');
  });
});

describe('a publication (T33)', () => {
  it('has documents of 5 MiB, and not one byte more', async () => {
    const publisher = await Publisher.create(server);
    expect((await publisher.lay(random(maxPublishedDocumentBytes))).reply.status).toBe(201);
    const { reply } = await publisher.lay(random(maxPublishedDocumentBytes + 1));
    expect([reply.status, reply.json['error']]).toEqual([413, 'too-large']);
  });

  it('has a manifest of 512 KiB, and not one byte more', async () => {
    const publisher = await Publisher.create(server);
    const { learner } = publisher;
    const send = (length: number) =>
      learner.call(learner.device, {
        method: 'PUT',
        path: '/v1/published/manifests/main',
        body: random(length),
        headers: { 'if-match': '"0"' },
      });
    // Noise of a size that may be read is refused for what it is, a longer one unread.
    expect((await send(maxManifestBytes)).json['error']).not.toBe('too-large');
    expect((await send(maxManifestBytes + 1)).json['error']).toBe('too-large');
  });

  it.each([
    ['5,000 documents', maxPublishedDocuments - 1, 1],
    ['500 MiB', 1, maxPublishedBytes - 10],
  ] as const)('holds %s and no more, and the refused one is not kept', async (_, count, length) => {
    const publisher = await Publisher.create(server);
    // As if so much lay there already: rows with the length that they would have.
    await server.database.with(async (database) => {
      const rows = Array.from({ length: count }, (_, index) => ({
        account: publisher.learner.id,
        hash: `filler-${index}`,
        media_type: 'application/json',
        length,
        bytes: new Uint8Array(),
        // Just now, or they would be swept.
        arrived_at: clock(),
      }));
      for (let from = 0; from < count; from += 500)
        await database
          .insertInto('documents')
          .values(rows.slice(from, from + 500))
          .execute();
    });
    const first = random(10);
    expect((await publisher.lay(first)).reply.status).toBe(201);
    const { hash, reply } = await publisher.lay(random(10));
    expect([reply.status, reply.json['error']]).toEqual([507, 'quota']);
    expect((await publisher.lay(first)).reply.status).toBe(200);
    const named = await publisher.publish([
      { doc: hash, with: [], recipient: 'hidden', seenValidAt: clock() },
    ]);
    expect([named.status, named.json['error']]).toEqual([422, 'document-missing']);
  });
});
