import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Of, utf8 } from '../model/bytes.ts';
import type { Result } from '../model/result.ts';
import { type MemorySyncServer, memorySyncServer } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import type { NewAccount } from './account.ts';
import { commitHashOf, signCommit } from './commit.ts';
import { deviceSigner, newDeviceKeys } from './device-keys.ts';
import { enrolDevice } from './key-commits.ts';
import type { DistrustReason } from './storage.ts';
import type { LogPage, LogQuery, SyncTransport } from './transport.ts';

/** A learner whose second device has written `badges` badges that the first has not pulled yet, after `before` it has. */
async function learnerWithNews(seed: number, before: number, badges: number) {
  const honest = memorySyncServer();
  const server = serverOf(honest);
  const { account, first } = await openLearner(server, seeded(seed));
  const second = await joinLearner(server, account, seeded(seed + 1));
  for (let index = 0; index < before; index += 1) await claimAndSync(second, server, `old ${index}`);
  await first.sync(server);
  const earlier = honest.copy();
  for (let index = 0; index < badges; index += 1) await claimAndSync(second, server, `new ${index}`);
  return { honest, earlier, account, first, second, server };
}

async function claimAndSync(device: SyncDevice, server: SyncServer, name: string): Promise<void> {
  await device.claim(name, utf8(name));
  expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
}

function serverOf(server: MemorySyncServer): SyncServer {
  return {
    open: (account) => server.open(account.genesis),
    transportOf: (signer) => server.transportOf(signer.kid),
  };
}

/** A server whose pages the test rewrites before the client sees them. */
function lying(change: (page: LogPage, query: LogQuery) => LogPage | Promise<LogPage>) {
  return (transport: SyncTransport): SyncTransport => ({
    ...transport,
    pull: async (query): Promise<Result<LogPage>> => {
      const page = await transport.pull(query);
      return page.ok ? { ok: true, value: await change(page.value, query) } : page;
    },
  });
}

type World = Awaited<ReturnType<typeof learnerWithNews>>;

/** The lie is found at the next sync, everything here is kept, and nothing more is sent (design §7). */
async function expectDistrust(
  world: World,
  through: (transport: SyncTransport) => SyncTransport,
  reason: DistrustReason,
  server: SyncServer = world.server,
): Promise<void> {
  await world.first.claim('mine', utf8('mine'));
  const before = await world.first.docs();
  expect(await world.first.sync(server, through)).toEqual({ kind: 'distrust', reason });
  expect(await world.first.docs()).toEqual(before);
  const head = world.honest.head();
  expect(await world.first.sync(world.server)).toEqual({ kind: 'distrust', reason });
  expect(world.honest.head()).toEqual(head);
}

/** One letter in the middle of the signature is another. */
const withLetterChanged = (token: string): string =>
  `${token.slice(0, -40)}${token.at(-40) === 'A' ? 'B' : 'A'}${token.slice(-39)}`;
const middle = <Item>(items: readonly Item[]): number => Math.floor(items.length / 2);
const without = <Item>(items: readonly Item[], index: number): readonly Item[] =>
  items.filter((_, at) => at !== index);
const swapped = <Item>(items: readonly Item[], a: number, b: number): readonly Item[] =>
  items.map((item, at) => (at === a ? (items[b] ?? item) : at === b ? (items[a] ?? item) : item));

describe('a server that lies about the log (T2)', () => {
  it('goes back to an older state', async () => {
    const world = await learnerWithNews(1, 3, 0);
    await expectDistrust(
      world,
      lying((page) => ({ ...page, commits: [], records: [], head: { n: 1, h: page.head.h } })),
      'log-went-back',
    );
  });

  it('shows another history of the same length', async () => {
    const world = await learnerWithNews(2, 2, 0);
    const fork = world.earlier;
    const forked = serverOf(fork);
    // The fork is as long as what the device has seen, and differs in its last commit.
    await claimAndSync(world.second, forked, 'elsewhere');
    await claimAndSync(world.second, forked, 'elsewhere again');
    await claimAndSync(await joinLearner(world.server, world.account, seeded(77)), world.server, 'here');
    expect(await world.first.sync(world.server)).toMatchObject({ kind: 'synced' });
    await expectDistrust(world, (transport) => transport, 'log-differs', forked);
  });

  it.each<[string, (page: LogPage) => LogPage, DistrustReason]>([
    ['drops the first commit', (page) => ({ ...page, commits: page.commits.slice(1) }), 'log-differs'],
    [
      'drops a commit in the middle',
      (page) => ({ ...page, commits: without(page.commits, middle(page.commits)) }),
      'log-differs',
    ],
    [
      'drops the last commit',
      (page) => ({ ...page, commits: page.commits.slice(0, -1), records: page.records.slice(0, -2) }),
      'log-incomplete',
    ],
    ['sends no commits', (page) => ({ ...page, commits: [], records: [] }), 'log-incomplete'],
    [
      'promises more and sends none',
      (page) => ({ ...page, commits: [], records: [], more: true }),
      'log-incomplete',
    ],
    ['swaps two commits', (page) => ({ ...page, commits: swapped(page.commits, 0, 1) }), 'log-differs'],
    [
      'repeats a commit',
      (page) => ({ ...page, commits: [page.commits[0] ?? '', ...page.commits] }),
      'log-differs',
    ],
    [
      'changes a character of a commit',
      (page) => ({
        ...page,
        commits: page.commits.map((token, at) => (at === 0 ? withLetterChanged(token) : token)),
      }),
      'commit-not-allowed',
    ],
    [
      'sends something else as a commit',
      (page) => ({ ...page, commits: page.commits.map(() => 'commit') }),
      'commit-not-allowed',
    ],
    [
      'names a head that the log does not reach',
      (page) => ({ ...page, head: { ...page.head, n: page.head.n + 1 } }),
      'log-incomplete',
    ],
    [
      'names another head at the same number',
      (page) => ({ ...page, head: { ...page.head, h: page.records[0]?.id ?? page.head.h } }),
      'log-differs',
    ],
    [
      'names an earlier head than it sends',
      (page) => ({ ...page, head: { ...page.head, n: page.head.n - 1 } }),
      'log-differs',
    ],
    ['withholds the first record', (page) => ({ ...page, records: page.records.slice(1) }), 'withheld'],
    [
      'withholds a record in the middle',
      (page) => ({ ...page, records: without(page.records, middle(page.records)) }),
      'withheld',
    ],
    ['withholds the last record', (page) => ({ ...page, records: page.records.slice(0, -1) }), 'withheld'],
    ['withholds every record', (page) => ({ ...page, records: [] }), 'withheld'],
    [
      'swaps the bytes of two records',
      (page) => ({
        ...page,
        records: page.records.map((record, at) => ({
          ...record,
          bytes: swapped(page.records, 0, 2)[at]?.bytes ?? record.bytes,
        })),
      }),
      'bytes-differ',
    ],
    [
      'changes a bit of a record',
      (page) => ({
        ...page,
        records: page.records.map((record) => ({
          ...record,
          bytes: record.bytes.map((byte, at) => (at === 99 ? byte ^ 1 : byte)),
        })),
      }),
      'bytes-differ',
    ],
    [
      'cuts a record short',
      (page) => ({
        ...page,
        records: page.records.map((record) => ({ ...record, bytes: record.bytes.slice(1) })),
      }),
      'bytes-differ',
    ],
    [
      'serves an older revision',
      (page) => ({ ...page, records: page.records.map((record) => ({ ...record, rev: record.rev + 1 })) }),
      'revision-went-back',
    ],
    [
      'sends a record twice',
      (page) => ({ ...page, records: [...page.records, ...page.records.slice(0, 1)] }),
      'bytes-differ',
    ],
    [
      'sends a record that no commit names',
      (page) => ({
        ...page,
        records: [...page.records, { id: page.head.h, rev: 1, bytes: new Uint8Array(545) }],
      }),
      'bytes-differ',
    ],
  ])('%s', async (_, change, reason) => {
    await expectDistrust(await learnerWithNews(3, 1, 4), lying(change), reason);
  });

  it('acknowledges a push as another head than it is', async () => {
    const world = await learnerWithNews(4, 1, 0);
    await world.first.claim('mine', utf8('mine'));
    const through = (transport: SyncTransport): SyncTransport => ({
      ...transport,
      push: async (push) => {
        const head = await transport.push(push);
        return head.ok ? { ok: true, value: { ...head.value, n: head.value.n + 1 } } : head;
      },
    });
    expect(await world.first.sync(world.server, through)).toEqual({
      kind: 'distrust',
      reason: 'log-differs',
    });
    expect(await world.first.storage.tables.dirty.keys()).toHaveLength(1);
  });

  it('forgets what it acknowledged', async () => {
    const world = await learnerWithNews(5, 1, 0);
    await claimAndSync(world.first, world.server, 'acknowledged');
    await expectDistrust(world, (transport) => transport, 'log-went-back', serverOf(world.earlier));
  });

  it('is found out whatever page it changes', async () => {
    const change = fc.constantFrom<(page: LogPage, at: number) => LogPage>(
      (page, at) => ({ ...page, commits: without(page.commits, at % page.commits.length) }),
      (page, at) => ({
        ...page,
        commits: swapped(page.commits, at % page.commits.length, (at + 1) % page.commits.length),
      }),
      (page, at) => ({ ...page, records: without(page.records, at % page.records.length) }),
      (page, at) => ({
        ...page,
        commits: page.commits.map((token, index) =>
          index === at % page.commits.length
            ? `${token.slice(0, at % token.length)}A${token.slice((at % token.length) + 1)}`
            : token,
        ),
      }),
      (page, at) => ({
        ...page,
        records: page.records.map((record, index) =>
          index === at % page.records.length
            ? {
                ...record,
                bytes: record.bytes.map((byte, position) =>
                  position === at % record.bytes.length ? byte ^ 0x80 : byte,
                ),
              }
            : record,
        ),
      }),
    );
    const world = await learnerWithNews(6, 2, 5);
    const truth = await pageOf(world);
    await fc.assert(
      fc.asyncProperty(change, fc.nat(), async (lie, at) => {
        const page = lie(truth, at);
        if (JSON.stringify(page) === JSON.stringify(truth)) return;
        const before = await world.first.docs();
        const outcome = await world.first.sync(
          world.server,
          lying(() => page),
        );
        expect(outcome.kind).toBe('distrust');
        expect(await world.first.docs()).toEqual(before);
        await forgive(world.first);
      }),
      { numRuns: 150 },
    );
    expect(await world.first.sync(world.server)).toMatchObject({ kind: 'synced' });
  });
});

describe('a server that enrols keys of its own (T4)', () => {
  it.each(['a stranger’s account key', 'a device’s key', 'a stranger’s device'])(
    'with %s',
    async (forger) => {
      const world = await learnerWithNews(7, 1, 1);
      const stranger = await openLearner(serverOf(memorySyncServer()), seeded(8));
      const page = await pageOf(world);
      const forged = await forgedCommit(forger, world, stranger.account, stranger.first);
      const lie = (): LogPage => ({
        ...page,
        commits: [...page.commits, forged.token],
        head: { n: page.head.n + 1, h: forged.hash },
      });
      await expectDistrust(world, lying(lie), 'commit-not-allowed');
    },
  );
});

describe('a device of the learner’s that has been taken over', () => {
  it('cannot bring an old version of a record back as the newest', async () => {
    const world = await learnerWithNews(9, 1, 1);
    const synced = await world.second.sync(world.server);
    if (synced.kind !== 'synced' || synced.head === undefined)
      throw new TypeError('the second device is behind');
    const page = await pageOf(world);
    const [record] = page.records;
    if (record === undefined) throw new TypeError('no record');
    const { acct, head } = synced.head;
    const entry = {
      id: record.id,
      rev: record.rev,
      h: await sha256Of(record.bytes),
      len: record.bytes.length,
    };
    const token = await signCommit(
      { v: 1, acct, n: head.n + 1, prev: head.h, kind: 'data', recs: [entry] },
      await deviceSigner(world.second.keys),
    );
    const lie = async (): Promise<LogPage> => ({
      ...page,
      commits: [...page.commits, token],
      head: { n: head.n + 1, h: await commitHashOf(token) },
    });
    await expectDistrust(world, lying(lie), 'revision-went-back');
  });
});

async function forgedCommit(forger: string, world: World, stranger: NewAccount, device: SyncDevice) {
  const synced = await world.second.sync(world.server);
  if (synced.kind !== 'synced' || synced.head === undefined)
    throw new TypeError('the second device is behind');
  const keys = await newDeviceKeys();
  const { acct, head } = synced.head;
  const signers = {
    'a stranger’s account key': stranger.root,
    'a device’s key': { ...stranger.root, account: await deviceSigner(world.second.keys) },
  };
  const root = Object.entries(signers).find(([name]) => name === forger)?.[1];
  const token =
    root === undefined
      ? await signCommit(
          { v: 1, acct, n: head.n + 1, prev: head.h, kind: 'snapshot', snap: { count: 0, h: head.h } },
          await deviceSigner(device.keys),
        )
      : await enrolDevice(synced.head, keys.device, root);
  return { token, hash: head.h };
}

async function pageOf(world: World): Promise<LogPage> {
  const [link] = await world.first.storage.tables.link.get(['link']);
  const transport = world.honest.transportOf(world.first.keys.device.kid);
  const page = await transport.pull({ after: link?.chain?.head.n ?? -1, limit: 200 });
  if (!page.ok) throw page.error;
  return page.value;
}

async function forgive(device: SyncDevice): Promise<void> {
  const [link] = await device.storage.tables.link.get(['link']);
  if (link === undefined) return;
  const { distrust: _, ...trusting } = link;
  await device.storage.tables.link.put([trusting]);
}
