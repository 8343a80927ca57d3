import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import { maxArchiveFiles, maxArchiveListBytes } from '../model/limits.ts';
import { deviceSigner } from '../sync/device-keys.ts';
import { memorySyncServer } from '../testing/memory-sync-server.ts';
import { seeded } from '../testing/seeded.ts';
import { openLearner } from '../testing/sync-device.ts';
import {
  documentsPath,
  furtherDocumentsPath,
  isOwnArchive,
  parseArchiveIndex,
  signArchive,
} from './archive-index.ts';
import { readArchive } from './read-archive.ts';
import { type ArchiveEntry, writeArchive } from './write-archive.ts';
import type { ArchiveSource } from './zip-directory.ts';

const made = instantOf(Date.parse('2026-11-24T12:00:00.000Z'));

async function learner(seed: number) {
  const server = memorySyncServer();
  const opened = await openLearner(
    { open: (account) => server.open(account.genesis), transportOf: ({ kid }) => server.transportOf(kid) },
    seeded(seed),
  );
  return { ...opened, signer: await deviceSigner(opened.first.keys) };
}

type Learner = Awaited<ReturnType<typeof learner>>;

const doc = { id: 'badge|one', t: 'badge', v: 1, w: '', f: {} };
const plain: readonly ArchiveEntry[] = [
  { path: 'badges/One-abc.json', bytes: utf8('{"a":1}'), packed: true },
  {
    path: 'pictures/One-def.png',
    bytes: Uint8Array.from([0x50, 0x4b, 0x07, 0x08, 1, 2, 3, 0x50, 0x4b, 5, 6]),
  },
  { path: documentsPath, bytes: utf8(`${JSON.stringify(doc)}\n`), packed: true },
];

async function archiveOf(entries: readonly ArchiveEntry[], who?: Learner): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  async function* all() {
    yield* entries;
  }
  const sign =
    who === undefined
      ? undefined
      : (index: Uint8Array) => signArchive(index, who.signer, who.account.keys.blind);
  await writeArchive(all(), { made }, sign, (piece) => pieces.push(piece));
  return Buffer.concat(pieces);
}

const sourceOf = (bytes: Uint8Array): ArchiveSource => ({
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

describe('an archive of a backpack (T70)', () => {
  it('gives back every file and document, and tells whose it is', async () => {
    const [mine, other] = [await learner(1), await learner(2)];
    const read = await readArchive(sourceOf(await archiveOf(plain, mine)));
    if (!read.ok) throw read.error;
    const { index, docs, signature } = read.value;
    expect(index.files.map(({ path }) => path)).toEqual(plain.map(({ path }) => path));
    for (const { path, bytes } of plain) {
      const file = await read.value.read(path);
      expect(file.ok && [...file.value]).toEqual([...bytes]);
    }
    expect(docs).toEqual([doc]);
    if (signature === undefined) throw new TypeError('no signature');
    expect(signature.key).toBe(mine.signer.key);
    expect(await isOwnArchive(signature, mine.account.keys.blind)).toBe(true);
    expect(await isOwnArchive(signature, other.account.keys.blind)).toBe(false);
  });

  it('is nobody’s word without a device, and still readable', async () => {
    const read = await readArchive(sourceOf(await archiveOf(plain)));
    expect(read.ok && read.value.signature).toBe(undefined);
    expect(read.ok && read.value.docs).toEqual([doc]);
  });

  it('may be of as many files as a zip file holds, and of no more', async () => {
    const hash = 'A'.repeat(43);
    const indexOf = (count: number) => {
      const files = Array.from({ length: count }, (_, at) => ({
        path: `badges/${at}.json`,
        hash,
        length: 1,
      }));
      return parseArchiveIndex(utf8(JSON.stringify({ v: 1, made, files })));
    };
    const most = indexOf(maxArchiveFiles);
    expect(most.ok && most.value.files.length).toBe(maxArchiveFiles);
    expect(indexOf(maxArchiveFiles + 1)).toMatchObject({ error: { code: 'not-an-archive' } });
    // The index and its signature beside them are counted in 16 bits.
    expect(maxArchiveFiles + 2).toBeLessThan(0xffff);
  });

  it('has its documents in several files where one would be too long', async () => {
    const other = { ...doc, id: 'badge|other' };
    const further = { path: furtherDocumentsPath(2), bytes: utf8(`${JSON.stringify(other)}\n`) };
    const read = await readArchive(sourceOf(await archiveOf([...plain, further])));
    expect(read.ok && read.value.docs).toEqual([doc, other]);
    const broken = { ...further, bytes: utf8('{}\n') };
    expect(await readArchive(sourceOf(await archiveOf([...plain, broken])))).toMatchObject({
      error: { code: 'archive-changed', facts: { member: further.path } },
    });
  });

  it('is not written where nobody could read it back: archive-too-large', async () => {
    const { length } = await archiveOf(plain);
    async function* all() {
      yield* plain;
    }
    const written = (most: number) => writeArchive(all(), { made }, undefined, () => undefined, most);
    expect((await written(length)).files).toHaveLength(plain.length);
    await expect(written(length - 1)).rejects.toMatchObject({ code: 'archive-too-large' });
    async function* tooLong() {
      yield { path: 'badges/long', bytes: { length: maxArchiveListBytes + 1 } as Uint8Array };
    }
    await expect(writeArchive(tooLong(), { made }, undefined, () => undefined)).rejects.toMatchObject({
      code: 'archive-too-large',
    });
  });

  it('is read by any program for zip files: nothing of it is ours alone', async () => {
    const files = unzipSync(await archiveOf(plain));
    for (const { path, bytes } of plain) expect([...(files[path] ?? [])]).toEqual([...bytes]);
  });
});

describe('an archive that was changed (T72)', () => {
  it('is refused by what was changed, whichever file it is', async () => {
    const who = await learner(3);
    const read = await readArchive(sourceOf(await archiveOf(plain, who)));
    if (!read.ok) throw read.error;
    const files: Record<string, Uint8Array> = {};
    Object.assign(files, unzipSync(await archiveOf(plain, who)));
    const codeOf = async (changes: Record<string, Uint8Array | undefined>): Promise<string> => {
      const changed = Object.fromEntries(
        Object.entries({ ...files, ...changes }).flatMap(([path, bytes]) =>
          bytes === undefined ? [] : [[path, bytes]],
        ),
      );
      const again = await readArchive(sourceOf(zipSync(changed)));
      if (!again.ok) return again.error.code;
      const all = await Promise.all(again.value.index.files.map(({ path }) => again.value.read(path)));
      return all.every((file) => file.ok) ? 'read' : 'archive-changed';
    };
    expect(await codeOf({})).toBe('read');
    expect(await codeOf({ 'badges/One-abc.json': utf8('{"a":2}') })).toBe('archive-changed');
    expect(await codeOf({ 'badges/One-abc.json': undefined })).toBe('archive-changed');
    expect(await codeOf({ 'badges/Two.json': utf8('{}') })).toBe('archive-changed');
    expect(await codeOf({ [documentsPath]: utf8('{}\n') })).toBe('archive-changed');
    expect(await codeOf({ 'index.json': undefined })).toBe('not-an-archive');
    const index = Buffer.from(files['index.json'] ?? []).toString();
    expect(await codeOf({ 'index.json': utf8(index.replace('2026-11-24', '2025-11-24')) })).toBe(
      'archive-changed',
    );
    const stranger = await learner(4);
    const forged = await signArchive(
      files['index.json'] ?? new Uint8Array(),
      stranger.signer,
      stranger.account.keys.blind,
    );
    const other = await readArchive(sourceOf(zipSync({ ...files, 'index.jws': utf8(forged) })));
    if (!other.ok || other.value.signature === undefined) throw new TypeError('not read');
    expect(await isOwnArchive(other.value.signature, who.account.keys.blind)).toBe(false);
  });

  it('never crashes and never gives other bytes, whatever is cut or flipped', async () => {
    const honest = await archiveOf(plain, await learner(5));
    const change = fc.record({ at: fc.nat(honest.length - 1), bit: fc.nat(7), cut: fc.boolean() });
    let readable = 0;
    await fc.assert(
      fc.asyncProperty(change, async ({ at, bit, cut }) => {
        const bytes = cut
          ? honest.slice(0, at)
          : honest.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
        const read = await readArchive(sourceOf(bytes));
        if (!read.ok) {
          expect(['not-an-archive', 'archive-changed']).toContain(read.error.code);
          return;
        }
        readable += 1;
        for (const { path, bytes: before } of plain) {
          const file = await read.value.read(path);
          if (file.ok) expect([...file.value]).toEqual([...before]);
        }
      }),
      { numRuns: 2_000 },
    );
    // Times and check sums of the container say nothing about what it holds.
    expect(readable).toBeGreaterThan(10);
    expect(readable).toBeLessThan(1_000);
  });

  it('is stopped where it inflates beyond what it said, and refused where that is too much', async () => {
    const bomb = zipSync({ 'index.json': new Uint8Array(300 * 1024 * 1024) }, { level: 9 });
    const before = process.memoryUsage().arrayBuffers;
    const read = await readArchive(sourceOf(bomb));
    expect(read).toMatchObject({ ok: false, error: { code: 'not-an-archive' } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
    // The directory says one byte; the data say three hundred million.
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let at = 0; at < bomb.length - 46; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1, true);
    expect(await readArchive(sourceOf(bomb))).toMatchObject({ ok: false, error: { code: 'not-an-archive' } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });
});
