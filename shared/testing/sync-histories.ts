import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { canonicalJson } from '../model/json.ts';
import { blobNamesOf } from '../sync/blob-names.ts';
import type { Doc } from '../sync/doc.ts';
import { exists, fieldOf } from '../sync/doc.ts';
import { Killed } from './memory-sync-storage.ts';
import { seeded } from './seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from './sync-device.ts';
import { type Fate, unsteadyTransport } from './unsteady-transport.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** what the environment asks for (vitest.config.ts): the seed of a failed run, and how long to go on */
    readonly histories: { readonly seed: number; readonly minutes: number };
  }
}

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
const mostDevices = 5;
const device = fc.nat({ max: mostDevices - 1 });
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
    weight: 3,
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

/** How many histories, of how many steps, of how many devices. */
export type HistorySizes = {
  readonly histories: number;
  readonly steps: readonly [least: number, most: number];
  readonly devices: readonly [least: number, most: number];
};

/**
 * The devices of one learner under any history: offline claims, removals, undos, lost and doubled calls, kills, clocks
 * that are years off, devices that join midway. Whatever happened, all end with equal documents, and nothing that was
 * said anywhere is lost but by what was said later.
 * `open` starts a server once; every history opens an account of its own there.
 */
export function describeSyncHistories(
  name: string,
  open: () => Promise<{ readonly server: SyncServer; readonly close: () => Promise<void> }>,
  { histories, steps, devices }: HistorySizes,
): void {
  const { seed, minutes } = inject('histories');
  const [minLength, maxLength] = steps;
  const [min, max] = devices;
  const history = fc.tuple(
    fc.array(step, { minLength, maxLength }),
    fc.integer({ min, max }),
    fc.nat({ max: 1_000_000 }),
  );
  const until =
    minutes === 0
      ? { numRuns: histories }
      : { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: minutes * 60_000 };
  describe(`the devices of a learner and ${name}`, () => {
    it(
      `hold the same after any of ${histories} histories`,
      async () => {
        const { server, close } = await open();
        try {
          let played = 0;
          const property = fc.asyncProperty(history, async ([actions, count, chance]) => {
            await playHistory(actions, count, server, chance);
            played += 1;
          });
          await fc.assert(property, { ...until, seed, examples: [[[bytesSwept, 2, 0]]] });
          console.log(`${name}: ${played} histories, seed ${seed}`);
        } finally {
          await close();
        }
      },
      (minutes + 5) * 60_000,
    );
  });
}

async function playHistory(
  steps: readonly Step[],
  count: number,
  server: SyncServer,
  chance: number,
): Promise<void> {
  // Not from the history: the server that goes on knows its account already when it is played again.
  const secrets = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const { account, first } = await openLearner(server, seeded(chance), secrets);
  const devices: (SyncDevice | undefined)[] = [first];
  const deviceAt = async (index: number): Promise<SyncDevice> => {
    const place = index % count;
    const device = devices[place] ?? (await joinLearner(server, account, seeded(chance + place)));
    devices[place] = device;
    return device;
  };
  const removed = new Map<string, Doc>();
  const everRemoved = new Set<string>();
  const claimed = new Set<string>();
  for (const action of steps) {
    const actor = await deviceAt(action.device);
    if (action.does === 'clock') actor.clock = action.to;
    else if (action.does === 'sync') await syncThrough(actor, server, action.fates);
    else if (action.does === 'killed-sync') await syncKilled(actor, server, action.at, action.when);
    else {
      const name = `badge ${action.badge}`;
      const trash = `${action.device % count} ${name}`;
      const known = (await actor.docs()).find((doc) => exists(doc) && fieldOf(doc, 'name') === name);
      if (action.does === 'claim') claimed.add(await actor.claim(name, utf8(`${name} of ${chance}`)));
      if (action.does === 'edit' && known !== undefined)
        await actor.edit(known.id, { note: `note at ${actor.clock}` });
      if (action.does === 'remove' && known !== undefined) {
        const before = await actor.remove(known.id);
        everRemoved.add(known.id);
        if (before !== undefined) removed.set(trash, before);
      }
      const undone = removed.get(trash);
      // As in the backpack: what has lost its bytes is not brought back.
      if (action.does === 'undo' && undone !== undefined && (await holdsBytesOf(undone, actor)))
        await actor.restore(undone);
    }
  }
  const all: SyncDevice[] = [];
  for (let place = 0; place < count; place += 1) all.push(await deviceAt(place));
  await settle(all, server);
  const docs = await first.docs();
  for (const other of all.slice(1))
    expect((await other.docs()).map(canonicalJson)).toEqual(docs.map(canonicalJson));
  expect(docs.map(saidBy)).toEqual(expectedOf(all.flatMap(({ written }) => written)));
  for (const id of claimed)
    if (!everRemoved.has(id)) expect(docs.find((doc) => doc.id === id && exists(doc))).toBeDefined();
  const needed = docs.filter(exists).map((doc) => doc.id.slice('badge|'.length));
  for (const one of all) expect(await one.blobHashes()).toEqual(expect.arrayContaining(needed));
}

async function holdsBytesOf(doc: Doc, actor: SyncDevice): Promise<boolean> {
  const hashes = await actor.blobHashes();
  return blobNamesOf(doc).every((hash) => hashes.includes(hash));
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

/** Twice round: the first time brings all news to the server, the second to every device. */
async function settle(devices: readonly SyncDevice[], server: SyncServer): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1)
    for (const one of devices) expect(await one.sync(server)).toMatchObject({ kind: 'synced' });
}
