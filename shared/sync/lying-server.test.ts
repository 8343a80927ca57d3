import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { canonicalJson } from '../model/json.ts';
import { type Lie, type LieMaterial, lies } from '../testing/lies.ts';
import { type MemorySyncServer, memorySyncServer } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { signCommit } from './commit.ts';
import { deviceSigner, newDeviceKeys } from './device-keys.ts';
import { type Doc, exists } from './doc.ts';
import { enrolDevice } from './key-commits.ts';
import { merge } from './merge.ts';
import type { Rows } from './storage.ts';
import type { LogPage, SyncTransport } from './transport.ts';

type Change = { readonly does: 'claim' | 'edit' | 'remove'; readonly badge: number; readonly syncs: boolean };

const change: fc.Arbitrary<Change> = fc.record({
  does: fc.constantFrom('claim', 'claim', 'edit', 'remove'),
  badge: fc.nat(4),
  syncs: fc.boolean(),
});
/** Lies that few pages have room for: drawn more often, so that each is told in every run. */
const rare = [
  'swaps two commits',
  'says that the log ends here',
  'reverses the commits',
  'swaps the bytes of two records',
];
const drawn = lies.flatMap(([name], index) =>
  Array.from({ length: rare.includes(name) ? 5 : 1 }, () => index),
);
const history = fc.record({
  before: fc.array(change, { maxLength: 6 }),
  news: fc.array(change, { minLength: 1, maxLength: 8 }),
  own: fc.array(change, { maxLength: 3 }),
  pageSize: fc.constantFrom(1, 2, 3, 200),
  lies: fc.array(
    fc.record({ lie: fc.constantFrom(...drawn), at: fc.nat(9_999), page: fc.constantFrom(0, 0, 0, 1, 2, 3) }),
    {
      minLength: 6,
      maxLength: 6,
    },
  ),
  seed: fc.nat(1_000_000),
});
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

function serverOf(server: MemorySyncServer): SyncServer {
  return {
    open: (account) => server.open(account.genesis),
    transportOf: (signer) => server.transportOf(signer.kid),
  };
}

async function play(changes: readonly Change[], device: SyncDevice, server?: SyncServer): Promise<void> {
  for (const { does, badge, syncs } of changes) {
    const kept = (await device.docs()).filter(exists);
    const known = kept[badge % Math.max(kept.length, 1)];
    if (does === 'claim') await device.claim(`badge ${badge}`, utf8(`badge ${badge}`));
    if (does === 'edit' && known !== undefined) await device.edit(known.id, { note: `noted ${badge}` });
    if (does === 'remove' && known !== undefined) await device.remove(known.id);
    if (syncs && server !== undefined) expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
  }
  if (server !== undefined) expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
}

/** A learner whose first browser has not seen what the second has sent, and has changes of its own that are not sent. */
async function worldOf({ before, news, own, seed }: History) {
  const honest = memorySyncServer();
  const server = serverOf(honest);
  const { account, first } = await openLearner(server, seeded(seed));
  const second = await joinLearner(server, account, seeded(seed + 1));
  await play([{ does: 'claim', badge: 1, syncs: true }, ...before], second, server);
  expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
  const earlier = honest.copy();
  // The old bytes of what is changed anew are what a server could serve instead.
  await play([...news, { does: 'claim', badge: 1, syncs: true }], second, server);
  await play(own, first);
  const strange = memorySyncServer();
  const stranger = await openLearner(serverOf(strange), seeded(seed + 2));
  await play([{ does: 'claim', badge: 1, syncs: true }], stranger.first, serverOf(strange));
  const [link] = await second.storage.tables.link.get(['link']);
  if (link?.chain === undefined) throw new TypeError('no chain');
  const { acct, head } = link.chain;
  const { device } = await newDeviceKeys();
  const place = { v: 1, acct, n: head.n + 1, prev: head.h } as const;
  const forged = [
    await enrolDevice(link.chain, device, stranger.account.root),
    await enrolDevice(link.chain, device, {
      ...stranger.account.root,
      account: await deviceSigner(second.keys),
    }),
    await signCommit({ ...place, kind: 'rejoin', over: head }, await deviceSigner(stranger.first.keys)),
  ];
  const material = {
    earlier: await wholeLog(earlier, first),
    strange: await wholeLog(strange, stranger.first),
    forged,
  };
  return { honest, earlier, first, second, material };
}
type World = Awaited<ReturnType<typeof worldOf>>;

async function wholeLog(server: MemorySyncServer, device: SyncDevice): Promise<LogPage> {
  const page = await server.transportOf(device.keys.device.kid).pull({ after: -1, limit: 200 });
  if (!page.ok) throw page.error;
  return page.value;
}

/** Tells the lie once: at the first page from `from` on of which it can be told. */
function telling([, lie]: Lie, from: number, pageSize: number, material: Omit<LieMaterial, 'query'>) {
  let pages = 0;
  let isTold = false;
  const through = (transport: SyncTransport): SyncTransport => ({
    ...transport,
    pull: async (query) => {
      const page = await transport.pull({ ...query, limit: pageSize });
      pages += 1;
      if (!page.ok || isTold || pages <= from) return page;
      const said = lie(page.value, { ...material, query });
      isTold = said !== undefined;
      return said === undefined ? page : { ok: true, value: said };
    },
  });
  return { through, isTold: () => isTold };
}

/** Everything that a browser keeps, and the way back to it. */
async function kept({ storage: { tables } }: SyncDevice): Promise<() => Promise<void>> {
  const { docs, dirty, records, blobs, outbox, link, passed } = tables;
  const others = [was(blobs), was(outbox), was(link), was(passed)];
  const all = await Promise.all([was(docs), was(dirty), was(records), ...others]);
  return async () => {
    for (const putBack of all) await putBack();
  };
}

async function was<Row extends { readonly id: string }>(rows: Rows<Row>): Promise<() => Promise<void>> {
  const before = await rows.list(100_000);
  return async () => {
    await rows.remove(await rows.keys());
    await rows.put(before);
  };
}

const texts = (docs: readonly Doc[]) => docs.map(canonicalJson).sort();

/** `docs` with all that is in `others` too. */
function joined(docs: readonly Doc[], others: readonly Doc[]): readonly Doc[] {
  const all = new Map(docs.map((doc) => [doc.id, doc]));
  for (const doc of others) {
    const known = all.get(doc.id);
    all.set(doc.id, known === undefined ? doc : merge(known, doc));
  }
  return [...all.values()];
}

/** Noticed at once and for good, nothing sent; nothing of the browser's own lost, nothing in it that is not true. */
async function expectNoticed(
  world: World,
  server: SyncServer,
  head: unknown,
  own: readonly Doc[],
): Promise<void> {
  const { first, honest } = world;
  const docs = await first.docs();
  const truth = joined(own, await world.second.docs());
  expect(texts(joined(docs, own))).toEqual(texts(docs));
  expect(texts(joined(truth, docs))).toEqual(texts(truth));
  expect((await first.sync(server)).kind).toBe('distrust');
  expect(texts(await first.docs())).toEqual(texts(docs));
  expect(honest.head()).toEqual(head);
}

describe('a server that lies, over 500 histories', () => {
  it(`is found out at the next sync whichever of ${lies.length} lies it tells, and nothing is lost (T2, T3, T4)`, async () => {
    expect(new Set(lies.map(([name]) => name)).size).toBe(lies.length);
    const told = new Map<string, number>(lies.map(([name]) => [name, 0]));
    const property = fc.asyncProperty(history, async (one) => {
      const world = await worldOf(one);
      const { first, second, honest, material } = world;
      const server = serverOf(honest);
      const restore = await kept(first);
      const own = await first.docs();
      const head = honest.head();
      for (const { lie: index, at, page } of one.lies) {
        const lie = lies[index];
        if (lie === undefined) continue;
        const { through, isTold } = telling(lie, page, one.pageSize, { ...material, at });
        const outcome = await first.sync(serverOf(honest.copy()), through);
        expect(outcome.kind, lie[0]).toBe(isTold() ? 'distrust' : 'synced');
        if (isTold()) await expectNoticed(world, server, head, own);
        told.set(lie[0], (told.get(lie[0]) ?? 0) + Number(isTold()));
        await restore();
      }
      // The same browser, the same log, the same pages, and no lie.
      const honestly = telling(['no lie', () => undefined], 0, one.pageSize, { ...material, at: 0 });
      expect(await first.sync(server, honestly.through)).toMatchObject({ kind: 'synced' });
      expect(await second.sync(server)).toMatchObject({ kind: 'synced' });
      expect(texts(await first.docs())).toEqual(texts(joined(own, await second.docs())));
      expect(texts(await second.docs())).toEqual(texts(await first.docs()));
    });
    await fc.assert(property, { numRuns: 500, endOnFailure: true, seed: inject('histories').seed });
    expect([...told].filter(([, times]) => times === 0)).toEqual([]);
  }, 600_000);
});
