import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { ok } from '../model/result.ts';
import { namesOf } from '../testing/compaction.ts';
import { memorySyncServers } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { joinLearner, openLearner, type SyncDevice } from '../testing/sync-device.ts';
import { signCommit } from './commit.ts';
import { deviceSigner } from './device-keys.ts';
import { type Doc, type DocId, parseDoc } from './doc.ts';
import { merge } from './merge.ts';
import type { SyncTransport } from './transport.ts';

const stamp = (n: number) =>
  `001a20846fe00${String(n).padStart(4, '0')}0123456789abcdef`.slice(0, 33) as never;

/** As a version to come might write it: another kind, another form, members and fields that nobody here knows. */
function newerDoc(id: string, more: object = {}): Doc {
  const f = { made: [1, stamp(1)], shape: [{ deep: [1, { er: null }] }, stamp(1)] };
  return { id, t: id.split('|')[0], v: 7, w: '', f, later: { of: ['use'] }, ...more } as unknown as Doc;
}

async function write(device: SyncDevice, doc: Doc): Promise<void> {
  await device.storage.write(async (tables) => {
    await tables.docs.put([doc]);
    await tables.dirty.put([{ id: doc.id, mark: 'newer' }]);
  });
}

describe('what a newer version of Backpack has written (T32)', () => {
  it.each(['badge|abc', 'pathway|abc'])('is kept as it is by an older one, and handed on: %s', async (id) => {
    const server = memorySyncServers();
    const { account, first } = await openLearner(server, seeded(1));
    const old = await joinLearner(server, account, seeded(2));
    const doc = newerDoc(id);
    await write(first, doc);
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    await old.claim('of the old one', utf8('of the old one'));
    expect(await old.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await old.storage.tables.docs.get([id])).toEqual([doc]);
    // It has nothing to say about it, so nothing of it is sent again.
    expect(await old.storage.tables.dirty.keys()).toEqual([]);
    const third = await joinLearner(server, account, seeded(3));
    expect(await third.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await third.storage.tables.docs.get([id])).toEqual([doc]);
    expect(await namesOf(third)).toContain('of the old one');
  });

  it('takes in a change that an older one made before it knew, and loses no member', async () => {
    const server = memorySyncServers();
    const { account, first } = await openLearner(server, seeded(4));
    const old = await joinLearner(server, account, seeded(5));
    const id = await first.claim('shared', utf8('shared'));
    await first.sync(server);
    await old.sync(server);
    const [doc] = await first.storage.tables.docs.get([id]);
    if (doc === undefined) throw new TypeError('no document');
    await write(first, { ...doc, v: 7, later: { of: ['use'] } } as Doc);
    await first.sync(server);
    await old.edit(id as DocId, { note: 'from the old one' });
    expect(await old.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await first.sync(server)).toMatchObject({ kind: 'synced' });
    const [there] = await first.storage.tables.docs.get([id]);
    expect(there).toMatchObject({
      v: 7,
      later: { of: ['use'] },
      f: { note: ['from the old one', expect.anything()] },
    });
    expect(await old.storage.tables.docs.get([id])).toEqual([there]);
  });

  it('merges alike in any order', () => {
    const docs = [
      newerDoc('badge|a'),
      newerDoc('badge|a', { v: 8, later: 1 }),
      newerDoc('badge|a', { later: 2 }),
    ];
    const [a, b, c] = docs;
    if (a === undefined || b === undefined || c === undefined) throw new TypeError('three documents');
    expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
    expect(merge(a, c)).toEqual(merge(c, a));
    expect(merge(a, a)).toEqual(a);
    expect(merge(a, b)).toMatchObject({ v: 8, later: 1 });
  });

  it('but nothing unknown is taken in a document that says it is of this version', () => {
    const text = (v: number) => utf8(JSON.stringify({ ...newerDoc('badge|a'), v }));
    expect(parseDoc(text(1)).ok).toBe(false);
    expect(parseDoc(text(2)).ok).toBe(true);
  });

  it('as a commit makes the older one wait, say so, lose nothing, and go on once it can read', async () => {
    const server = memorySyncServers();
    const { account, first } = await openLearner(server, seeded(6));
    const old = await joinLearner(server, account, seeded(7));
    await first.claim('first', utf8('first'));
    await first.sync(server);
    await old.claim('waiting', utf8('waiting'));
    const signer = await deviceSigner(first.keys);
    const newer = await signCommit({ v: 2, kind: 'data', of: 'another form' } as never, signer);
    const through = (transport: SyncTransport): SyncTransport => ({
      ...transport,
      pull: async (query) => {
        const page = await transport.pull(query);
        return page.ok ? ok({ ...page.value, commits: [...page.value.commits, newer] }) : page;
      },
    });
    for (let time = 0; time < 2; time += 1)
      expect(await old.sync(server, through)).toMatchObject({
        kind: 'failed',
        error: { code: 'newer-version' },
      });
    expect(await namesOf(old)).toEqual(['waiting']);
    expect(await old.storage.tables.dirty.keys()).toHaveLength(1);
    expect(await old.sync(server)).toMatchObject({ kind: 'synced' });
    expect(await namesOf(old)).toEqual(['first', 'waiting']);
  });
});
