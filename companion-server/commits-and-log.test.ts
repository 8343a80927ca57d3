import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../shared/model/bytes.ts';
import { maxPageBytes } from '../shared/model/limits.ts';
import { joinParts } from '../shared/protocol/framing.ts';
import { parseLogPage } from '../shared/protocol/log.ts';
import { parseRecordReply } from '../shared/protocol/records.ts';
import { commitHashOf } from '../shared/sync/commit.ts';
import type { LogPage } from '../shared/sync/transport.ts';
import { ask, Learner, newDevice, newRecord, newSigner, random } from './testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

async function pull(learner: Learner, after = -1, limit?: number): Promise<LogPage> {
  const path = `/v1/log?after=${after}${limit === undefined ? '' : `&limit=${limit}`}`;
  const reply = await learner.call(learner.device, { method: 'GET', path });
  expect(reply.status).toBe(200);
  const page = parseLogPage(reply.body);
  if (!page.ok) throw page.error;
  return page.value;
}

describe('the log', () => {
  it('takes commits in order and gives back what was written', async () => {
    const learner = await Learner.create(server);
    const first = [newRecord(), newRecord(), newRecord(1057)];
    const pushed = await learner.push(first);
    expect([pushed.status, pushed.json]).toEqual([201, { head: learner.head }]);
    const again = first.slice(0, 1).map((record) => ({ ...record, rev: 2, bytes: random(545) }));
    expect((await learner.push(again)).status).toBe(201);
    const page = await pull(learner);
    expect(page.head).toEqual(learner.head);
    expect(page.more).toBe(false);
    expect(page.commits).toHaveLength(3);
    const current = [...first.slice(1), ...again];
    expect(new Map(page.records.map(({ id, rev, bytes }) => [id, [rev, Buffer.from(bytes)]]))).toEqual(
      new Map(current.map(({ id, rev, bytes }) => [id, [rev, Buffer.from(bytes)]])),
    );
    // The second page alone has what was last written in it.
    expect((await pull(learner, 1)).records.map(({ id }) => id)).toEqual([again[0]?.id]);
    expect(await pull(learner, 2)).toMatchObject({ commits: [], records: [], more: false });
    expect(await pull(learner, 99)).toMatchObject({ commits: [], head: learner.head, more: false });
  });

  it('answers the same commit again with 200 and the same body, also after the log went on', async () => {
    const learner = await Learner.create(server);
    const record = newRecord();
    const commit = await learner.dataCommit([record]);
    const first = await learner.pushToken(commit, [record.bytes]);
    learner.head = { n: 1, h: await commitHashOf(commit) };
    await learner.push([newRecord()]);
    const second = await learner.pushToken(commit, [record.bytes]);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json).toEqual(first.json);
    expect((await pull(learner)).commits).toHaveLength(3);
  });

  it('refuses another commit on an old head with 412 and where the log has got to', async () => {
    const learner = await Learner.create(server);
    const [one, two] = [newRecord(), newRecord()];
    const late = await learner.dataCommit([two]);
    await learner.push([one]);
    const reply = await learner.pushToken(late, [two.bytes]);
    expect([reply.status, reply.json]).toEqual([412, { error: 'stale', head: learner.head }]);
  });

  it('lets exactly one of many pushes on one head win', async () => {
    const learner = await Learner.create(server);
    const records = Array.from({ length: 12 }, () => newRecord());
    const commits = await Promise.all(records.map((record) => learner.dataCommit([record])));
    const replies = await Promise.all(
      commits.map((commit, index) => learner.pushToken(commit, [records[index]?.bytes ?? new Uint8Array()])),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(412)]);
    expect((await pull(learner)).records).toHaveLength(1);
  });

  it('refuses what the commit does not say of its records, and keeps nothing of it', async () => {
    const learner = await Learner.create(server);
    const stored = newRecord();
    await learner.push([stored]);
    const before = await pull(learner);
    const record = newRecord();
    const entry = { id: record.id, rev: 1, h: await sha256Of(record.bytes), len: record.bytes.length };
    const refused = async (detail: string, recs: object[], parts: Uint8Array[]) => {
      const commit = await learner.dataCommit([], { recs: recs as never });
      const reply = await learner.pushToken(commit, parts);
      expect([reply.status, reply.json['error'], reply.json['detail']]).toEqual([
        422,
        'refused-commit',
        detail,
      ]);
    };
    await refused('h', [entry], [random(record.bytes.length)]);
    await refused('len', [entry], [random(10)]);
    await refused('len', [entry], []);
    await refused('parts', [entry], [record.bytes, record.bytes]);
    await refused('rev', [{ ...entry, rev: 2 }], [record.bytes]);
    await refused('rev', [{ ...entry, id: stored.id }], [record.bytes]);
    await refused('rev', [{ ...entry, id: stored.id, rev: 3 }], [record.bytes]);
    await refused('recs', [], []);
    await refused('recs', [entry, entry], [record.bytes, record.bytes]);
    expect(await pull(learner)).toEqual(before);
  });

  it('refuses commits by keys that the chain does not enrol', async () => {
    const learner = await Learner.create(server);
    const record = newRecord();
    const stranger = await newSigner();
    const forged = await learner.dataCommit([record], {}, stranger);
    expect((await learner.pushToken(forged, [record.bytes])).json).toMatchObject({
      error: 'refused-commit',
      detail: 'not-enrolled',
    });
    // The account key signs key changes alone.
    const byAccount = await learner.dataCommit([record], {}, learner.account);
    expect((await learner.pushToken(byAccount, [record.bytes])).status).toBe(422);
    const byDevice = await learner.keyCommit({ add: (await newDevice()).device }, learner.device);
    expect((await learner.pushToken(byDevice, [])).status).toBe(422);
    const other = await Learner.create(server);
    const foreign = await other.dataCommit([record]);
    expect((await learner.pushToken(foreign, [record.bytes])).json).toMatchObject({
      detail: 'other-account',
    });
    expect((await pull(learner)).commits).toHaveLength(1);
  });

  it('forgets the bytes of a blob that is gone, but not that it was there', async () => {
    const learner = await Learner.create(server);
    const blob = newRecord();
    await learner.push([blob]);
    expect((await learner.push([{ ...blob, rev: 2, bytes: new Uint8Array() }])).status).toBe(422);
    const gone = { id: blob.id, rev: 2, h: await sha256Of(new Uint8Array()), len: 0 };
    const commit = await learner.dataCommit([], { recs: [gone] });
    expect((await learner.pushToken(commit, [])).status).toBe(201);
    expect((await pull(learner)).records).toEqual([]);
    const read = await learner.call(learner.device, { method: 'GET', path: `/v1/records/${blob.id}` });
    expect(read.status).toBe(404);
  });

  it('ends a page before it weighs too much, yet always goes on', async () => {
    const learner = await Learner.create(server);
    const size = 512 * 1024 + 33;
    for (let index = 0; index < 2; index += 1)
      await learner.push(Array.from({ length: 6 }, () => newRecord(size)));
    for (let index = 0; index < 3; index += 1) await learner.push([newRecord()]);
    const sizes: number[] = [];
    let after = -1;
    for (;;) {
      const page = await pull(learner, after);
      const weight = page.records.reduce((sum, { bytes }) => sum + bytes.length, 0);
      expect(weight).toBeLessThanOrEqual(maxPageBytes);
      sizes.push(page.commits.length);
      after += page.commits.length;
      if (!page.more) break;
    }
    expect(sizes).toEqual([2, 4]);
    expect((await pull(learner, -1, 1)).commits).toHaveLength(1);
    for (const query of [
      'after=x',
      'after=-2',
      'limit=1',
      'after=0&limit=0',
      'after=0&limit=201',
      'after=1e3',
      '',
    ]) {
      const reply = await learner.call(learner.device, { method: 'GET', path: `/v1/log?${query}` });
      expect([query, reply.status]).toEqual([query, 400]);
    }
  });

  it('gives one record, and says of others that they are not there', async () => {
    const learner = await Learner.create(server);
    const other = await Learner.create(server);
    const record = newRecord();
    await learner.push([record]);
    const get = (who: Learner, id: string) =>
      who.call(who.device, { method: 'GET', path: `/v1/records/${id}` });
    const reply = parseRecordReply((await get(learner, record.id)).body);
    expect(reply.ok && Buffer.from(reply.value.bytes).equals(Buffer.from(record.bytes))).toBe(true);
    expect((await get(other, record.id)).status).toBe(404);
    expect((await get(learner, 'x')).status).toBe(400);
  });

  it('refuses a body over the ceiling with 413 and ends the connection', async () => {
    const learner = await Learner.create(server);
    const body = joinParts([new Uint8Array(4 * 1024 * 1024 - 3)]);
    const reply = await learner.call(learner.device, { method: 'POST', path: '/v1/commits', body });
    expect([reply.status, reply.json]).toEqual([413, { error: 'too-large' }]);
    expect(reply.headers['connection']).toBe('close');
    const fits = joinParts([new Uint8Array(4 * 1024 * 1024 - 4)]);
    expect(
      (await learner.call(learner.device, { method: 'POST', path: '/v1/commits', body: fits })).status,
    ).toBe(422);
    const chunked = await ask(server.address, 'PUT', '/v1/handle', {
      headers: { 'transfer-encoding': 'chunked' },
      body: new Uint8Array(1025),
    });
    expect(chunked.status).toBe(413);
  });
});
