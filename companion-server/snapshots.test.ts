import { afterAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { sha256Of } from '../shared/model/bytes.ts';
import { logKeptDays } from '../shared/model/limits.ts';
import { type Commit, parseCommit, signCommit } from '../shared/sync/commit.ts';
import { snapshotOf } from '../shared/sync/snapshot.ts';
import { compactedLearner, describeCompaction } from '../shared/testing/compaction.ts';
import { Learner, newRecord } from './testing/learner.ts';
import { overHttp } from './testing/sync-over-http.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';

afterAll(endTestServers);

const dayMs = 24 * 60 * 60 * 1000;

async function agingServer() {
  let now = Date.now();
  const clock = () => instantOf(now);
  const server = await startTestServer({ RATE_SCALE: '1000' }, { clock });
  const passDays = (days: number): void => {
    now += days * dayMs;
  };
  return {
    real: server,
    passDays,
    server: overHttp(server),
    aYearPasses: async () => passDays(logKeptDays + 1),
  };
}

// T31 too: what a browser that was away for a year brings back.
describeCompaction('the real server', agingServer);

describe('a snapshot', () => {
  it('lets go of old commits alone: never of the genesis, key commits, or a record', async () => {
    const aging = await agingServer();
    const { account, first, away } = await compactedLearner(aging, 60);
    const kindsIn = async () =>
      aging.real.database.with(async (tables) => {
        const rows = await tables.selectFrom('commits').select(['n', 'token']).orderBy('n').execute();
        const parsed = await Promise.all(rows.map(({ token }) => parseCommit(token)));
        return parsed.flatMap((each) =>
          each.ok ? [`${each.value.commit.n} ${each.value.commit.kind}`] : [],
        );
      });
    const kinds = await kindsIn();
    // What is between the last two snapshots is kept although it is old.
    expect(kinds.slice(0, 2)).toEqual(['0 genesis', '1 key']);
    expect(kinds.slice(2).map((kind) => kind.replace(/\d+ /, ''))).toEqual([
      'snapshot',
      'data',
      'snapshot',
      'data',
    ]);
    const records = await aging.real.database.with((tables) =>
      tables.selectFrom('records').select('id').where('account', '=', account.acct).execute(),
    );
    expect(records).toHaveLength((await first.storage.tables.records.keys()).length);
    expect(await away.sync(aging.server)).toMatchObject({ kind: 'synced' });
  });

  it('keeps every commit that is younger than a year', async () => {
    const aging = await agingServer();
    const young = { ...aging, aYearPasses: async () => aging.passDays(100) };
    const { away } = await compactedLearner(young, 80);
    const count = await aging.real.database.with(async (tables) => {
      return (await tables.selectFrom('commits').select('n').execute())
        .map(({ n }) => Number(n))
        .sort((a, b) => a - b);
    });
    expect(count).toEqual(count.map((_, index) => index));
    expect(await away.sync(aging.server)).toMatchObject({ kind: 'synced' });
  });

  it('that says anything but what the server holds is refused, and the true one taken', async () => {
    const server = await startTestServer();
    const learner = await Learner.create(server);
    const record = newRecord();
    expect((await learner.push([record])).status).toBe(201);
    const { n, h: prev } = learner.head;
    const h = await sha256Of(record.bytes);
    const entry = { id: record.id, rev: 1, h, len: record.bytes.length };
    const sign = (snap: Extract<Commit, { kind: 'snapshot' }>['snap']) =>
      signCommit({ v: 1, acct: learner.id, n: n + 1, prev, kind: 'snapshot', snap }, learner.device);
    const push = async (token: string) => {
      const { status, json } = await learner.pushToken(token, []);
      return [status, json['detail']];
    };
    const honest = await snapshotOf(learner.keyHead, [entry]);
    const lies = [
      await snapshotOf(learner.keyHead, []),
      await snapshotOf(learner.keyHead, [{ ...entry, rev: 2 }]),
      await snapshotOf(learner.keyHead, [{ ...entry, len: 1 }]),
      await snapshotOf(prev, [entry]),
      { ...honest, count: 2 },
    ];
    for (const lie of lies) expect(await push(await sign(lie))).toEqual([422, 'snap']);
    expect(await push(await sign(honest))).toEqual([201, undefined]);
    // A log that is all there gives all of it, and asks nobody to start at a snapshot.
    const path = '/v1/log?after=-1';
    expect((await learner.call(learner.device, { method: 'GET', path })).status).toBe(200);
  });

  it('is read by its own number, from where it is asked for', async () => {
    const aging = await agingServer();
    const other = await Learner.create(aging.real);
    const get = async (path: string) => (await other.call(other.device, { method: 'GET', path })).status;
    expect(await get('/v1/snapshot?after=-1')).toBe(404);
    expect(await get('/v1/snapshot/1/records?after=')).toBe(404);
    for (const path of [
      '/v1/snapshot',
      '/v1/snapshot?after=x',
      '/v1/snapshot/x/records?after=',
      '/v1/snapshot/1/records?after=x',
    ])
      expect([path, await get(path)]).toEqual([path, 400]);
    const { account, first } = await compactedLearner(aging, 100);
    const transport = aging.server.transportOf(account.root.account, account.acct);
    const n = (await first.storage.tables.link.get(['link']))[0]?.chain?.snapshot ?? 0;
    expect(await transport.snapshotRecords({ n: n - 1, after: '' })).toMatchObject({
      error: { code: 'compacted' },
    });
    const page = await transport.snapshotRecords({ n, after: '' });
    if (!page.ok) throw page.error;
    const [one] = page.value.entries;
    const rest = await transport.snapshotRecords({ n, after: one?.id ?? '' });
    expect(rest.ok && rest.value.entries).toEqual(page.value.entries.slice(1));
    expect(await transport.pull({ after: -1, limit: 1 })).toMatchObject({ error: { code: 'compacted' } });
  });
});
