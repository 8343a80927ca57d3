import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { Doc } from '../sync/doc.ts';
import { exists, fieldOf } from '../sync/doc.ts';
import { sameDoc } from '../sync/merge.ts';
import { Killed } from './memory-sync-storage.ts';
import { seeded } from './seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from './sync-device.ts';
import { type Fate, unsteadyTransport } from './unsteady-transport.ts';

type Step =
  | { readonly does: 'claim' | 'edit' | 'remove' | 'undo'; readonly device: number; readonly badge: number }
  | { readonly does: 'sync'; readonly device: number; readonly fates: readonly Fate[] }
  | {
      readonly does: 'killed-sync';
      readonly device: number;
      readonly at: number;
      readonly when: 'before' | 'after';
    }
  | { readonly does: 'clock'; readonly device: number; readonly to: number };

const badgeCount = 4;
const device = fc.nat({ max: 1 });
const fate = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fate>('arrives') },
  { weight: 1, arbitrary: fc.constantFrom<Fate>('request-lost', 'reply-lost', 'doubled') },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('claim' as const, 'edit' as const, 'remove' as const, 'undo' as const),
      device,
      badge: fc.nat({ max: badgeCount - 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('sync' as const),
      device,
      fates: fc.array(fate, { maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('killed-sync' as const),
      device,
      at: fc.integer({ min: 1, max: 12 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('clock' as const),
      device,
      to: fc.integer({ min: Date.parse('2016-01-01'), max: Date.parse('2036-01-01') }),
    }),
  },
);

/** A removed badge's bytes are deleted once its undo is over, and the device goes on: no time of most histories. */
const bytesSwept: Step[] = [
  { does: 'claim', device: 0, badge: 2 },
  { does: 'sync', device: 0, fates: [] },
  { does: 'remove', device: 0, badge: 2 },
  { does: 'sync', device: 0, fates: [] },
  { does: 'clock', device: 0, to: Date.parse('2026-11-25T12:00:00Z') },
  { does: 'claim', device: 0, badge: 0 },
];

/**
 * Two devices of one learner under any history: offline claims, removals, undos, lost and doubled calls, kills, clocks
 * that are years off. Whatever happened, both end with equal documents, and nothing claimed and never removed is lost.
 * `open` starts a server once; every history opens an account of its own there.
 */
export function describeSyncHistories(
  name: string,
  open: () => Promise<{ readonly server: SyncServer; readonly close: () => Promise<void> }>,
  histories = 200,
): void {
  describe(`two devices and ${name}`, () => {
    it(`hold the same after any of ${histories} histories`, async () => {
      const { server, close } = await open();
      try {
        let seed = 0;
        const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
          seed += 1;
          await playHistory(steps, server, seed);
        });
        await fc.assert(property, { numRuns: histories, examples: [[bytesSwept]] });
      } finally {
        await close();
      }
    });
  });
}

async function playHistory(steps: readonly Step[], server: SyncServer, seed: number): Promise<void> {
  const { account, first } = await openLearner(server, seeded(seed));
  const second = await joinLearner(server, account, seeded(seed + 1_000_000));
  const devices = [first, second];
  const removed: Map<number, Doc>[] = [new Map(), new Map()];
  const claimed = new Set<string>();
  const everRemoved = new Set<string>();
  for (const action of steps) {
    const actor = devices[action.device] ?? first;
    if (action.does === 'clock') actor.clock = action.to;
    else if (action.does === 'sync') await syncThrough(actor, server, action.fates);
    else if (action.does === 'killed-sync') await syncKilled(actor, server, action.at, action.when);
    else {
      const trash = removed[action.device] ?? new Map<number, Doc>();
      const bytes = utf8(`badge ${action.badge} of account ${seed}`);
      const [known] = (await actor.docs()).filter(
        (doc) => exists(doc) && fieldOf(doc, 'name') === `badge ${action.badge}`,
      );
      if (action.does === 'claim') claimed.add(await actor.claim(`badge ${action.badge}`, bytes));
      if (action.does === 'edit' && known !== undefined)
        await actor.edit(known.id, { note: `note at ${actor.clock}` });
      if (action.does === 'remove' && known !== undefined) {
        const before = await actor.remove(known.id);
        everRemoved.add(known.id);
        if (before !== undefined) trash.set(action.badge, before);
      }
      const undone = trash.get(action.badge);
      if (action.does === 'undo' && undone !== undefined) await actor.restore(undone);
    }
  }
  await settle(devices, server);
  const [left, right] = [await first.docs(), await second.docs()];
  expect(left.map(({ id }) => id)).toEqual(right.map(({ id }) => id));
  for (const [index, doc] of left.entries()) {
    const other = right[index];
    expect(other !== undefined && sameDoc(doc, other), `${doc.id} differs`).toBe(true);
  }
  expect(left.map(saidBy)).toEqual(expectedOf(devices.flatMap(({ written }) => written)));
  for (const id of claimed)
    if (!everRemoved.has(id)) expect(left.find((doc) => doc.id === id && exists(doc))).toBeDefined();
  const needed = left.filter(exists).map((doc) => doc.id.slice('badge|'.length));
  for (const one of devices) expect(await one.blobHashes()).toEqual(expect.arrayContaining(needed));
}

async function syncThrough(actor: SyncDevice, server: SyncServer, fates: readonly Fate[]): Promise<void> {
  const left = [...fates];
  const outcome = await actor.sync(server, (transport) =>
    unsteadyTransport(transport, () => left.shift() ?? 'arrives'),
  );
  if (outcome.kind === 'failed') expect(outcome.error.code).toBe('companion-unreachable');
  else expect(outcome.kind).toBe('synced');
}

async function syncKilled(
  actor: SyncDevice,
  server: SyncServer,
  at: number,
  when: 'before' | 'after',
): Promise<void> {
  actor.storage.killAt(at, when);
  try {
    await actor.sync(server);
  } catch (thrown) {
    if (!(thrown instanceof Killed)) throw thrown;
  }
  actor.storage.killAt(Number.POSITIVE_INFINITY, when);
}

/** What all the changes ever made add up to, worked out on its own: of each field the last, unless wiped since. */
function expectedOf(written: readonly Doc[]): readonly unknown[] {
  return [...new Set(written.map(({ id }) => id))].sort().map((id) => {
    const states = written.filter((doc) => doc.id === id);
    const wipe =
      states
        .map((doc) => doc.w as string)
        .sort()
        .at(-1) ?? '';
    const changes = states.flatMap((doc) => Object.entries(doc.f));
    const said = changes
      .sort(([, a], [, b]) => (a[1] < b[1] ? -1 : 1))
      .filter(([, [, stamp]]) => stamp > wipe);
    return { id, says: Object.fromEntries(said.map(([name, [value]]) => [name, value])) };
  });
}

function saidBy(doc: Doc): unknown {
  return {
    id: doc.id,
    says: Object.fromEntries(Object.entries(doc.f).map(([name, [value]]) => [name, value])),
  };
}

/** Each once more than the other could have news for it. */
async function settle(devices: readonly SyncDevice[], server: SyncServer): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1)
    for (const one of devices) expect(await one.sync(server)).toMatchObject({ kind: 'synced' });
}
