import { describe, expect, it } from 'vitest';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed } from '../model/result.ts';
import { memorySyncServer } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice, type SyncServer } from '../testing/sync-device.ts';
import { entriesOf, parseCommit } from './commit.ts';
import { maxContentBytes } from './sealing.ts';
import type { SyncTransport } from './transport.ts';

/** A server that keeps at most `room` bytes, by the rule of the real one: what grows nothing is always taken. */
function smallServer() {
  const log = memorySyncServer();
  const kept = new Map<string, number>();
  const used = () => [...kept.values()].reduce((sum, length) => sum + length, 0);
  const limit = { room: Number.POSITIVE_INFINITY };
  const narrow = (transport: SyncTransport): SyncTransport => ({
    ...transport,
    push: async (push) => {
      const commit = await parseCommit(push.commit);
      const entries = commit.ok ? entriesOf(commit.value.commit) : [];
      const more = entries.reduce((sum, { id, len }) => sum + len - (kept.get(id) ?? 0), 0);
      if (more > 0 && used() + more > limit.room) return failed(new BackpackError('quota'));
      const pushed = await transport.push(push);
      if (pushed.ok) for (const { id, len } of entries) kept.set(id, len);
      return pushed;
    },
  });
  const server: SyncServer = {
    open: (account) => log.open(account.genesis),
    transportOf: (signer) => narrow(log.transportOf(signer.kid)),
  };
  return { server, limit, used };
}

const namesIn = async (browser: SyncDevice) =>
  (await browser.docs()).flatMap(({ f }) => (f['name'] === undefined ? [] : [String(f['name'][0])])).sort();
const unsent = async ({ storage }: SyncDevice) => (await storage.tables.dirty.keys()).length;
const full = { kind: 'failed', error: { code: 'quota' } };

describe('a server that takes no more of a learner', () => {
  it('still gives him what others sent, and still lets him remove', async () => {
    const { server, limit, used } = smallServer();
    const { account, first } = await openLearner(server, seeded(1));
    const other = await joinLearner(server, account, seeded(2));
    const old = await first.claim('old', utf8('x'.repeat(100_000)));
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await other.sync(server)).toMatchObject({ kind: 'synced' });
    await other.edit(old, { note: 'of the other' });
    expect(await other.sync(server)).toMatchObject({ kind: 'synced' });
    limit.room = used();

    await first.claim('new', utf8('y'.repeat(10_000)));
    expect(await first.sync(server)).toMatchObject(full);
    const [badge] = (await first.docs()).filter(({ id }) => id === old);
    expect(badge?.f['note']?.[0]).toBe('of the other');
    expect(await unsent(first)).toBe(1);

    await first.remove(old);
    expect(await first.sync(server)).toMatchObject(full);
    expect(await unsent(first)).toBe(1);
    expect(await other.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(other)).toEqual([]);

    // A day later the bytes of what was removed go too, and there is room.
    first.clock += 26 * 60 * 60 * 1000;
    expect(await first.sync(server)).toMatchObject(full);
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await other.sync(server)).toMatchObject({ kind: 'synced' });
    for (const browser of [first, other]) expect(await namesIn(browser)).toEqual(['new']);
  });

  it('that has no room for a removal either keeps it here, and says so', async () => {
    const { server, limit, used } = smallServer();
    const { first } = await openLearner(server, seeded(3));
    limit.room = used();
    await first.remove(await first.claim('never sent', utf8('never sent')));
    expect(await first.sync(server)).toMatchObject(full);
    expect(await unsent(first)).toBe(1);
    limit.room = Number.POSITIVE_INFINITY;
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await unsent(first)).toBe(0);
  });
});

describe('documents that are too large for a record', () => {
  it('stay here, and hide none of the others, however many they are', async () => {
    const { server } = smallServer();
    const { account, first } = await openLearner(server, seeded(5));
    const large = 'z'.repeat(maxContentBytes);
    for (let index = 0; index < 101; index += 1)
      await first.edit(await first.claim(`large ${index}`, utf8(`${index}`)), { note: large });
    const last = (await first.storage.tables.dirty.list(1000)).at(-1)?.id ?? '';
    // One whose mark comes after all of theirs.
    let small = utf8('small');
    while (`badge|${await sha256Of(small)}` < last) small = utf8(`${new TextDecoder().decode(small)}.`);
    await first.claim('small', small);
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    const other = await joinLearner(server, account, seeded(6));
    expect(await other.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(other)).toEqual(['small']);
  });
});
