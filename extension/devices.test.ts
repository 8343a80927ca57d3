import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { maxDevices } from '../shared/model/limits.ts';
import { disconnect } from './actions/disconnect.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { removeDevice } from './actions/remove-device.ts';
import { syncNow } from './actions/sync-now.ts';
import {
  asked,
  claim,
  done,
  kidOf,
  linkOf,
  type MemoryBrowser,
  namesIn,
  openBackpacks,
  openBrowser,
} from './testing/memory-browser.ts';

afterAll(endTestServers);

function remove(gone: Awaited<ReturnType<typeof kidOf>>, by: MemoryBrowser, wiped: string[] = []) {
  return removeDevice(gone, { ...by, wipeDoc: async (id) => void wiped.push(id) });
}

describe('a browser that was removed from the backpack', () => {
  it('is told so, keeps what it has, and reads and writes nothing any more (T13)', async () => {
    const { browsers } = await openBackpacks(3);
    const [first, second, lost] = browsers as [MemoryBrowser, MemoryBrowser, MemoryBrowser];
    await claim(lost, 'before');
    await syncNow(lost, asked);
    await claim(lost, 'not sent');
    const gone = await kidOf(lost);
    const wiped: string[] = [];
    expect(await remove(gone, first, wiped)).toEqual(done);
    expect(wiped).toEqual([`device|${gone}`]);
    expect((await linkOf(first)).chain).toMatchObject({ revoked: [gone] });
    expect(await syncNow(lost, asked)).toMatchObject({ kind: 'failed', error: { code: 'revoked' } });
    expect(await lost.rows.get('sync')).toMatchObject({ failure: { code: 'revoked' } });
    expect(await namesIn(lost)).toEqual(['before', 'not sent']);
    // Left alone it does not go on asking.
    expect(await syncNow(lost, { asked: false })).toBeUndefined();
    // The others go on in an epoch of which it was told nothing.
    await claim(first, 'after');
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(second)).toEqual(['after', 'before']);
    expect((await linkOf(second)).epochs?.map(({ e }) => e)).toEqual([2]);
    expect((await linkOf(lost)).epochs).toBeUndefined();
    // Removing it once more changes nothing.
    const { head } = (await linkOf(first)).chain;
    expect(await remove(gone, first)).toEqual(done);
    expect((await linkOf(first)).chain.head).toEqual(head);
  });

  it('can be connected anew with its badges, and then is another device', async () => {
    const { code, browsers } = await openBackpacks(2);
    const [first, lost] = browsers as [MemoryBrowser, MemoryBrowser];
    await claim(lost, 'not sent');
    await remove(await kidOf(lost), first);
    await claim(first, 'after');
    await syncNow(first, asked);
    expect(await syncNow(lost, asked)).toMatchObject({ error: { code: 'revoked' } });
    await disconnect(lost);
    expect(await syncNow(lost, asked)).toEqual({ kind: 'no-account' });
    expect(await joinByRecoveryCode(code, lost)).toEqual(done);
    expect(await syncNow(lost, asked)).toMatchObject({ kind: 'synced' });
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(first)).toEqual(['after', 'not sent']);
    expect(await namesIn(lost)).toEqual(['after', 'not sent']);
  });

  it('pushes in a loop while it is removed: the order in the log decides, there is no third outcome (T13)', async () => {
    const { browsers } = await openBackpacks(2);
    const [first, lost] = browsers as [MemoryBrowser, MemoryBrowser];
    const gone = await kidOf(lost);
    const acknowledged: string[] = [];
    const removal = Promise.withResolvers<void>();
    const loop = (async () => {
      for (let count = 0; ; count += 1) {
        // On a busy machine it could win every race; after so many it lets the removal through.
        if (count === 60) await removal.promise;
        const name = `badge ${String(count).padStart(3, '0')}`;
        await claim(lost, name);
        const outcome = await syncNow(lost, asked);
        if (outcome?.kind === 'synced') acknowledged.push(name);
        else return outcome;
      }
    })();
    expect(await remove(gone, first)).toEqual(done);
    removal.resolve();
    expect(await loop).toMatchObject({ kind: 'failed', error: { code: 'revoked' } });
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    // All that was acknowledged is there; at most one push more had arrived when its answer was refused.
    const there = await namesIn(first);
    expect(there.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(there.length - acknowledged.length).toBeLessThanOrEqual(1);
    // The log names no commit of it after the one that removed it, or it would not be believed.
    expect((await linkOf(first)).chain).toMatchObject({ revoked: [gone] });
  });

  it('is not removed while this browser is locked, or its root no longer is the account’s', async () => {
    const { browsers } = await openBackpacks(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    first.root.forget();
    expect(await remove(await kidOf(second), first)).toMatchObject({ error: { code: 'locked' } });
    await first.root.keep(new Uint8Array(32));
    expect(await remove(await kidOf(second), first)).toMatchObject({ error: { code: 'locked' } });
    expect((await linkOf(first)).chain.devices).toHaveLength(2);
  });

  it('is gone although the answer to its removal was lost', async () => {
    const { browsers } = await openBackpacks(2);
    const [first, lost] = browsers as [MemoryBrowser, MemoryBrowser];
    const gone = await kidOf(lost);
    const through = first.exchange;
    first.exchange = async (request) => {
      const answer = await through(request);
      if (request.method !== 'POST') return answer;
      first.exchange = through;
      return { ok: true, value: { status: 502, header: () => undefined, bytes: new Uint8Array() } };
    };
    expect(await remove(gone, first)).toMatchObject({ error: { code: 'unavailable' } });
    expect(await remove(gone, first)).toEqual(done);
    expect((await linkOf(first)).chain).toMatchObject({ revoked: [gone], head: { n: 2 } });
  });
});

describe('a backpack', () => {
  it(`is on ${maxDevices} browsers and no more; removing one makes room (T33)`, async () => {
    const { server, code, browsers } = await openBackpacks(maxDevices);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    const more = await openBrowser(server);
    expect(await joinByRecoveryCode(code, more)).toMatchObject({
      error: { code: 'too-many-devices', facts: { limit: maxDevices } },
    });
    expect(await remove(await kidOf(second), first)).toEqual(done);
    expect(await joinByRecoveryCode(code, more)).toEqual(done);
    expect(await syncNow(more, asked)).toMatchObject({ kind: 'synced' });
  });
});
