import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { type MemorySyncServer, memorySyncServer } from '../testing/memory-sync-server.ts';
import { Killed } from '../testing/memory-sync-storage.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { signCommit } from './commit.ts';
import { newDeviceKeys } from './device-keys.ts';
import { revokeDevice } from './key-commits.ts';

function serverOf(server: MemorySyncServer): SyncServer {
  return {
    open: (account) => server.open(account.genesis),
    transportOf: (signer) => server.transportOf(signer.kid),
  };
}

async function synced(device: SyncDevice, server: SyncServer): Promise<void> {
  expect(await device.sync(server)).toMatchObject({ kind: 'synced' });
}

async function claimAndSync(device: SyncDevice, server: SyncServer, name: string): Promise<void> {
  await device.claim(name, utf8(name));
  await synced(device, server);
}

/** Two browsers, a backup of the server, and after it what the backup lacks. */
async function restored(seed: number) {
  const honest = memorySyncServer();
  const server = serverOf(honest);
  const { account, first } = await openLearner(server, seeded(seed));
  const second = await joinLearner(server, account, seeded(seed + 1));
  await claimAndSync(first, server, 'before');
  await synced(second, server);
  const backup = serverOf(honest.copy());
  return { honest, server, account, first, second, backup };
}

const namesOf = async (device: SyncDevice): Promise<readonly string[]> =>
  (await device.docs()).flatMap(({ f }) => (f['name'] === undefined ? [] : [String(f['name'][0])])).sort();

const linkOf = async (device: SyncDevice) => (await device.storage.tables.link.get(['link']))[0];

describe('a server that was restored from a backup (T2, T8)', () => {
  it('gets back what each of three browsers has, and nothing is lost', async () => {
    const { server, account, first, second, backup } = await restored(21);
    const third = await joinLearner(server, account, seeded(210));
    const browsers = [first, second, third];
    // Nobody is up to date with everybody when the server forgets.
    for (const [index, one] of browsers.entries()) {
      await claimAndSync(one, server, `sent by ${index}`);
      await one.claim(`never sent by ${index}`, utf8(`never sent by ${index}`));
    }
    for (const one of browsers) {
      expect(await one.sync(backup)).toMatchObject({ kind: 'distrust' });
      expect(await one.rejoin(backup, account.root)).toMatchObject({ kind: 'synced' });
      await synced(one, backup);
    }
    for (const one of [...browsers, ...browsers]) await synced(one, backup);
    const all = browsers.flatMap((_, index) => [`never sent by ${index}`, `sent by ${index}`]);
    expect(await namesOf(first)).toEqual(['before', ...all].sort());
    for (const one of [second, third]) expect(await one.docs()).toEqual(await first.docs());
  });

  it('is sent again what it lost, once the learner says so, and every browser sees that it happened', async () => {
    const { server, first, second, backup } = await restored(1);
    await claimAndSync(first, server, 'lost one');
    await claimAndSync(first, server, 'lost two');
    const before = await linkOf(first);
    expect(await first.sync(backup)).toEqual({ kind: 'distrust', reason: 'log-went-back' });
    expect(await linkOf(first)).toMatchObject({ shown: (before?.chain?.head.n ?? 0) - 2 });

    expect(await first.rejoin(backup)).toMatchObject({ kind: 'synced' });
    await synced(first, backup);
    await synced(second, backup);
    expect(await namesOf(second)).toEqual(['before', 'lost one', 'lost two']);
    expect(await second.docs()).toEqual(await first.docs());
    expect(await linkOf(second)).toMatchObject({
      rejoined: { over: before?.chain?.head, by: first.keys.device.kid },
    });
    expect(await linkOf(first)).not.toHaveProperty('remembered');
  });

  it('has lost the same for both browsers, and both come back', async () => {
    const { server, first, second, backup } = await restored(3);
    await claimAndSync(first, server, 'lost');
    await claimAndSync(second, server, 'lost as well');
    await synced(first, server);
    expect(await first.sync(backup)).toMatchObject({ kind: 'distrust' });
    expect(await first.rejoin(backup)).toMatchObject({ kind: 'synced' });
    await synced(first, backup);
    expect(await second.sync(backup)).toMatchObject({ kind: 'distrust' });
    expect(await second.rejoin(backup)).toMatchObject({ kind: 'synced' });
    await synced(second, backup);
    await synced(first, backup);
    expect(await namesOf(first)).toEqual(['before', 'lost', 'lost as well']);
    expect(await second.docs()).toEqual(await first.docs());
  });

  it('does not bring back what was removed since', async () => {
    const { server, first, second, backup } = await restored(5);
    const [badge] = await first.docs();
    if (badge === undefined) throw new TypeError('no badge');
    await first.remove(badge.id);
    await synced(first, server);
    await first.sync(backup);
    await first.rejoin(backup);
    await synced(first, backup);
    await synced(second, backup);
    expect(await namesOf(first)).toEqual([]);
    expect(await second.docs()).toEqual(await first.docs());
  });

  it('has lost a browser: it is enrolled again by the opened root alone, and a removal is not forgotten', async () => {
    const { honest, server, account, first, second, backup } = await restored(7);
    const third = await joinLearner(server, account, seeded(70));
    await synced(first, server);
    const { chain } = (await linkOf(first)) ?? {};
    if (chain === undefined) throw new TypeError('no chain');
    const commit = await revokeDevice(chain, second.keys.device.kid, account.root, seeded(71));
    if (!commit.ok) throw commit.error;
    const revoked = await honest
      .transportOf(account.root.account.kid)
      .push({ commit: commit.value, records: [] });
    expect(revoked.ok).toBe(true);
    await synced(first, server);
    await claimAndSync(first, server, 'of the new epoch');
    await synced(third, server);

    expect(await first.sync(backup)).toMatchObject({ kind: 'distrust' });
    expect(await first.rejoin(backup)).toEqual({ kind: 'locked' });
    expect(await first.sync(backup)).toMatchObject({ kind: 'distrust' });
    expect(await first.rejoin(backup, account.root)).toMatchObject({ kind: 'synced' });
    const after = (await linkOf(first))?.chain;
    expect(after?.devices.map(({ kid }) => kid)).toEqual([first.keys.device.kid, third.keys.device.kid]);
    expect(after?.revoked).toEqual([second.keys.device.kid]);
    await synced(first, backup);
    expect(await third.sync(backup)).toMatchObject({ kind: 'distrust' });
    expect(await third.rejoin(backup)).toMatchObject({ kind: 'synced' });
    await synced(third, backup);
    expect(await namesOf(third)).toEqual(['before', 'of the new epoch']);
    await second.claim('from a lost browser', utf8('from a lost browser'));
    expect((await second.sync(backup)).kind).not.toBe('synced');
    expect(await namesOf(third)).not.toContain('from a lost browser');
  });

  it('is not gone back to unasked, nor where its log still does not hold together', async () => {
    const { server, first, backup } = await restored(9);
    await claimAndSync(first, server, 'lost');
    await first.sync(backup);
    for (let time = 0; time < 3; time += 1)
      expect(await first.sync(backup)).toMatchObject({ kind: 'distrust' });
    const dropping = await first.rejoin(backup, undefined, (transport) => ({
      ...transport,
      pull: async (query) => {
        const page = await transport.pull(query);
        return page.ok ? { ok: true, value: { ...page.value, records: [] } } : page;
      },
    }));
    expect(dropping).toEqual({ kind: 'distrust', reason: 'withheld' });
    expect(await namesOf(first)).toEqual(['before', 'lost']);
    // The same asked again of a server that sends everything.
    expect(await first.rejoin(backup)).toMatchObject({ kind: 'synced' });
    await synced(first, backup);
  });

  it('is come back to also where it is restored once more on the way', async () => {
    const { honest, server, first, second, backup: older } = await restored(15);
    await claimAndSync(second, server, 'of the other');
    await synced(first, server);
    const newer = serverOf(honest.copy());
    await claimAndSync(first, server, 'lost');
    expect(await first.sync(newer)).toMatchObject({ kind: 'distrust' });
    // All of the newer copy is read, and then the server ends.
    const ending = await first.rejoin(newer, undefined, (transport) => ({
      ...transport,
      push: async () => ({ ok: false, error: new BackpackError('companion-unreachable') }),
    }));
    expect(ending).toMatchObject({ kind: 'failed' });
    expect(await first.rejoin(older)).toMatchObject({ kind: 'synced' });
    await synced(first, older);
    expect(await namesOf(first)).toEqual(['before', 'lost', 'of the other']);
    const after = (await linkOf(first)) ?? {};
    expect(after).not.toHaveProperty('remembered');
    expect(after).not.toHaveProperty('distrust');
  });

  it('of another learner is no way back', async () => {
    const { first, server } = await restored(11);
    await claimAndSync(first, server, 'mine');
    const strange = serverOf(memorySyncServer());
    await openLearner(strange, seeded(12));
    expect((await first.sync(strange)).kind).toBe('distrust');
    expect(await first.rejoin(strange)).toEqual({ kind: 'distrust', reason: 'commit-not-allowed' });
    expect(await namesOf(first)).toEqual(['before', 'mine']);
  });

  it('is come back to although the browser is killed at any point (T28)', async () => {
    let kills = 0;
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at < 40; at += 1) {
        const { server, first, second, backup } = await restored(100 + at);
        await claimAndSync(first, server, 'lost');
        await first.sync(backup);
        first.storage.killAt(at, when);
        const outcome = await first.rejoin(backup).catch((error: unknown) => error);
        const died = outcome instanceof Killed;
        first.storage.killAt(Number.POSITIVE_INFINITY, when);
        if (died) {
          const again = await first.rejoin(backup);
          expect(['synced', 'no-account']).toContain(again.kind);
        }
        await synced(first, backup);
        await synced(second, backup);
        expect(await namesOf(second)).toEqual(['before', 'lost']);
        kills += Number(died);
        if (!died) break;
      }
    expect(kills).toBeGreaterThan(12);
  });

  it('converges with whatever was lost where', async () => {
    const step = fc.record({ device: fc.nat(1), name: fc.nat(5), isRemoval: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), fc.nat(1000), async (steps, seed) => {
        const { server, first, second, backup } = await restored(seed);
        const devices = [first, second];
        for (const { device, name, isRemoval } of steps) {
          const one = devices[device] ?? first;
          const [newest] = (await one.docs()).slice(-1);
          if (isRemoval && newest !== undefined) await one.remove(newest.id);
          else await one.claim(`badge ${name}`, utf8(`badge ${name}`));
          await synced(one, server);
        }
        const known = [...(await first.docs()), ...(await second.docs())].length;
        for (const one of devices)
          if ((await one.sync(backup)).kind === 'distrust') {
            expect(await one.rejoin(backup)).toMatchObject({ kind: 'synced' });
            await synced(one, backup);
          }
        for (const one of devices) await synced(one, backup);
        expect(await second.docs()).toEqual(await first.docs());
        expect((await first.docs()).length * 2).toBeGreaterThanOrEqual(known);
      }),
      { numRuns: 25 },
    );
  });

  it('takes no return from a key that the log does not enrol', async () => {
    const { honest, first, account } = await restored(13);
    const { chain } = (await linkOf(first)) ?? {};
    if (chain === undefined) throw new TypeError('no chain');
    const stranger = await newDeviceKeys();
    const place = { v: 1, acct: account.acct, n: chain.head.n + 1, prev: chain.head.h } as const;
    const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    const signer = {
      kid: stranger.device.kid,
      key: stranger.device.sign,
      sign: async (bytes: Uint8Array<ArrayBuffer>) =>
        new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes)),
    };
    const commit = await signCommit({ ...place, kind: 'rejoin', over: chain.head }, signer);
    const refused = await honest.transportOf(signer.kid).push({ commit, records: [] });
    expect(refused).toMatchObject({ ok: false, error: { code: 'refused-commit' } });
  });
});
