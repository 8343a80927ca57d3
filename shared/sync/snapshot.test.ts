import { describe, expect, it } from 'vitest';
import { ok } from '../model/result.ts';
import { compactedLearner, compactNow, describeCompaction, namesOf, watched } from '../testing/compaction.ts';
import { type MemorySyncServer, memorySyncServer } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { type Commit, parseCommit, signCommit } from './commit.ts';
import { deviceSigner, newDeviceKeys } from './device-keys.ts';
import { revokeDevice } from './key-commits.ts';
import { commitsPerSnapshot, snapshotOf } from './snapshot.ts';
import type { DistrustReason } from './storage.ts';
import type { SnapshotCommits, SnapshotPage, SyncTransport } from './transport.ts';

function aging() {
  const memory = memorySyncServer();
  return { memory, server: serverOf(memory), aYearPasses: () => memory.forgetOld() };
}

function serverOf(server: MemorySyncServer): SyncServer {
  return {
    open: (account) => server.open(account.genesis),
    transportOf: (signer) => server.transportOf(signer.kid),
  };
}

// T31 too: what a browser that was away for a year brings back.
describeCompaction('the server double', async () => aging());

describe('a snapshot', () => {
  it('is written by any device after a thousand commits, and not before', async () => {
    const { server } = aging();
    const { first } = await openLearner(server, seeded(1));
    await first.claim('one', new Uint8Array([1]));
    expect(await first.sync(server)).toMatchObject({ head: { head: { n: 1 } } });
    await countFrom(first, 1 - (commitsPerSnapshot - 1));
    expect(await first.sync(server)).toMatchObject({ head: { head: { n: 1 } } });
    await countFrom(first, 1 - commitsPerSnapshot);
    expect(await first.sync(server)).toMatchObject({ head: { head: { n: 2 }, snapshot: 2 } });
    expect(await first.sync(server)).toMatchObject({ head: { head: { n: 2 } } });
  });

  it('that the server does not take holds nothing up', async () => {
    const { server } = aging();
    const { first } = await openLearner(server, seeded(2));
    await first.claim('one', new Uint8Array([1]));
    await first.sync(server);
    await countFrom(first, -commitsPerSnapshot);
    await first.storage.tables.records.put([
      { id: 'x'.repeat(43) as never, rev: 1, h: 'x'.repeat(43) as never, len: 1 },
    ]);
    expect(await first.sync(server)).toMatchObject({ kind: 'synced', head: { head: { n: 1 } } });
    await first.claim('two', new Uint8Array([2]));
    expect(await first.sync(server)).toMatchObject({ kind: 'synced', head: { head: { n: 2 } } });
  });

  it('has a hash of its own for every list', async () => {
    const h = 'A'.repeat(43) as never;
    const entry = (id: string, rev: number) => ({ id: id.padEnd(43, 'A') as never, rev, h, len: 5 });
    const one = await snapshotOf(h, [entry('a', 1), entry('b', 2)]);
    expect(await snapshotOf(h, [entry('b', 2), entry('a', 1)])).toEqual(one);
    expect(one).toEqual({ count: 2, h: 'J28UVpKinyXEP6Pfwy9Pe43gJrU1CNPgk27Mg1se1cw' });
  });
});

/** Lets the device believe that the newest snapshot was commit `n`. */
async function countFrom(device: SyncDevice, n: number): Promise<void> {
  await device.storage.write(async (tables) => {
    const [link] = await tables.link.get(['link']);
    if (link?.chain !== undefined)
      await tables.link.put([{ ...link, chain: { ...link.chain, snapshot: n } }]);
  });
}

type Lie = {
  readonly commits?: (page: SnapshotCommits) => SnapshotCommits | Promise<SnapshotCommits>;
  readonly records?: (page: SnapshotPage) => SnapshotPage;
};

const lying =
  ({ commits, records }: Lie) =>
  (transport: SyncTransport): SyncTransport => ({
    ...transport,
    snapshotCommits: async (after) => {
      const page = await transport.snapshotCommits(after);
      return page.ok && commits !== undefined ? ok(await commits(page.value)) : page;
    },
    snapshotRecords: async (query) => {
      const page = await transport.snapshotRecords(query);
      return page.ok && records !== undefined ? ok(records(page.value)) : page;
    },
  });

/** The last of the page's commits replaced by one that this makes of what it says. */
async function signedAnew(page: SnapshotCommits, by: SyncDevice['keys'], change: Partial<Commit>) {
  const parsed = await parseCommit(page.commits.at(-1) ?? '');
  if (!parsed.ok || parsed.value.commit.kind !== 'snapshot') return page;
  const forged = await signCommit({ ...parsed.value.commit, ...change } as Commit, await deviceSigner(by));
  return { ...page, commits: [...page.commits.slice(0, -1), forged] };
}

describe('a snapshot that the server has forged (T2, T4)', () => {
  const none = { count: 0, h: 'A'.repeat(43) as never };
  const lies: readonly [string, Lie, DistrustReason][] = [
    [
      'lacks a record',
      {
        records: (page) => ({
          ...page,
          entries: page.entries.slice(1),
          records: page.records.filter(({ id }) => id !== page.entries[0]?.id),
        }),
      },
      'log-differs',
    ],
    [
      'lacks all records',
      { records: (page) => ({ ...page, more: false, entries: [], records: [] }) },
      'log-differs',
    ],
    ['ends early', { records: (page) => ({ ...page, more: false }) }, 'log-differs'],
    ['never ends', { records: () => ({ more: true, entries: [], records: [] }) }, 'log-incomplete'],
    [
      'names another hash',
      {
        records: (page) => ({
          ...page,
          records: [],
          entries: page.entries.map((entry) => ({ ...entry, h: none.h })),
        }),
      },
      'bytes-differ',
    ],
    [
      'gives bytes of another record',
      {
        records: (page) => ({
          ...page,
          records: page.records.map((record) => ({ ...record, bytes: new Uint8Array(record.bytes.length) })),
        }),
      },
      'bytes-differ',
    ],
    ['withholds bytes', { records: (page) => ({ ...page, records: [] }) }, 'withheld'],
    [
      'gives its records in another order',
      { records: (page) => ({ ...page, entries: [...page.entries].reverse() }) },
      'log-differs',
    ],
    [
      'is signed by a key of the server’s own',
      { commits: async (page) => signedAnew(page, await newDeviceKeys(), { snap: none } as Partial<Commit>) },
      'commit-not-allowed',
    ],
    [
      'was changed',
      {
        commits: (page) => ({
          ...page,
          commits: page.commits.map((token) => token.replace(/.{8}$/, 'AAAAAAAA')),
        }),
      },
      'commit-not-allowed',
    ],
    [
      'lacks the genesis',
      { commits: (page) => ({ ...page, commits: page.commits.slice(1) }) },
      'log-differs',
    ],
    [
      'lacks a key commit',
      { commits: (page) => ({ ...page, commits: page.commits.filter((_, index) => index !== 1) }) },
      'log-differs',
    ],
    [
      'lacks the snapshot itself',
      { commits: (page) => ({ ...page, commits: page.commits.slice(0, -1) }) },
      'log-differs',
    ],
  ];

  it.each(lies)('%s', async (_, lie, reason) => {
    const world = aging();
    const { away, first } = await compactedLearner(world, 200);
    const before = await namesOf(away);
    expect(await away.sync(world.server, lying(lie))).toEqual({ kind: 'distrust', reason });
    expect(await namesOf(away)).toEqual(
      expect.arrayContaining([...before.filter((name) => name !== 'removed')]),
    );
    // Nothing is sent, and what was known before it is what a restored server is held against.
    expect((await away.storage.tables.link.get(['link']))[0]).toMatchObject({ distrust: reason });
    expect(await away.storage.tables.dirty.keys()).not.toEqual([]);
    // The same server, honest, once the learner says so.
    expect(await away.rejoin(world.server)).toMatchObject({ kind: 'synced' });
    expect(await away.sync(world.server)).toMatchObject({ kind: 'synced' });
    expect(await first.sync(world.server)).toMatchObject({ kind: 'synced' });
    expect(await namesOf(first)).toEqual(await namesOf(away));
  });

  it('lists records without end: none is taken beyond the number that was signed (T9)', async () => {
    const world = aging();
    const { away } = await compactedLearner(world, 210);
    let further = 0;
    const endless = lying({
      records: (page) => {
        if (page.entries.length > 0) return { ...page, more: true };
        further += 1;
        const id = `${'z'.repeat(38)}${String(further).padStart(5, '0')}` as never;
        return { ...page, more: true, entries: [{ id, rev: 1, h: none.h, len: 600 }] };
      },
    });
    expect(await away.sync(world.server, endless)).toEqual({ kind: 'distrust', reason: 'log-differs' });
    expect(further).toBe(1);
  });

  it('is of another account', async () => {
    const world = aging();
    const { away } = await compactedLearner(world, 220);
    const other = aging();
    await compactedLearner(other, 240);
    const foreign = other.memory.transportOf(away.keys.device.kid);
    const through = (transport: SyncTransport): SyncTransport => ({ ...foreign, pull: transport.pull });
    expect(await away.sync(world.server, through)).toEqual({
      kind: 'distrust',
      reason: 'commit-not-allowed',
    });
  });

  it('is older than what this browser knows', async () => {
    const world = aging();
    const { first } = await compactedLearner(world, 260);
    await first.claim('later', new Uint8Array([9]));
    await first.sync(world.server);
    const through = (transport: SyncTransport): SyncTransport => ({
      ...transport,
      pull: async () => await transport.pull({ after: -1, limit: 1 }),
    });
    expect(await first.sync(world.server, through)).toEqual({ kind: 'distrust', reason: 'log-went-back' });
  });

  it('hides that a device was removed: no browser starts with the removed one enrolled', async () => {
    const world = aging();
    const { account, first, away } = await compactedLearner(world, 280);
    const [link] = await first.storage.tables.link.get(['link']);
    if (link?.chain === undefined) throw new TypeError('no chain');
    const commit = await revokeDevice(link.chain, away.keys.device.kid, account.root, seeded(3));
    if (!commit.ok) throw commit.error;
    const byAccount = world.memory.transportOf(account.root.account.kid);
    expect(await byAccount.push({ commit: commit.value, records: [] })).toMatchObject({ ok: true });
    await compactNow(first, world.server);
    await world.aYearPasses();
    const hiding = lying({
      commits: async (page) => {
        const parsed = await Promise.all(page.commits.map((token) => parseCommit(token)));
        const commits = page.commits.filter((_, index) => {
          const each = parsed[index];
          return !(
            each?.ok === true &&
            each.value.commit.kind === 'key' &&
            each.value.commit.key.revoke !== undefined
          );
        });
        return { ...page, commits };
      },
    });
    const transportOf = (...of: Parameters<SyncServer['transportOf']>) =>
      hiding(world.server.transportOf(...of));
    await expect(joinLearner({ ...world.server, transportOf }, account, seeded(4))).rejects.toThrow(
      'log-differs',
    );
    const honest = watched(world.server);
    const late = await joinLearner(honest.server, account, seeded(5));
    expect(honest.calls).toContain('commits');
    expect((await late.storage.tables.link.get(['link']))[0]?.chain?.revoked).toEqual([away.keys.device.kid]);
  });

  it('is noticed in the log too, by a browser that has all records', async () => {
    const world = aging();
    const { first, account } = await compactedLearner(world, 300);
    const other = await joinLearner(world.server, account, seeded(6));
    await other.sync(world.server);
    await first.sync(world.server);
    await compactNow(other, world.server);
    const through = (transport: SyncTransport): SyncTransport => ({
      ...transport,
      pull: async (query) => {
        const page = await transport.pull(query);
        if (!page.ok) return page;
        const commits = await signedAnew({ more: false, commits: page.value.commits }, other.keys, {
          snap: none,
        } as Partial<Commit>);
        const last = await parseCommit(commits.commits.at(-1) ?? '');
        return last.ok
          ? ok({ ...page.value, ...commits, head: { n: last.value.commit.n, h: last.value.hash } })
          : page;
      },
    });
    expect(await first.sync(world.server, through)).toEqual({ kind: 'distrust', reason: 'log-differs' });
  });
});
