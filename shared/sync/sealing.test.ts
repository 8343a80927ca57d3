import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64UrlOf, sha256Of, utf8 } from '../model/bytes.ts';
import { maxSealedBytes } from '../model/limits.ts';
import { seeded } from '../testing/seeded.ts';
import { blobPartBytes, contentOfBlobPart, joinBlob, parseBlobPart, splitBlob } from './blobs.ts';
import { accountIdOf } from './chain.ts';
import { rootKeysOf } from './key-schedule.ts';
import { heldKeysOf } from './keyring.ts';
import { recordIdOfDoc } from './record-id.ts';
import { maxContentBytes, openRecord, sealRecord } from './sealing.ts';

const root = await rootKeysOf(Uint8Array.from({ length: 32 }, (_, index) => index));
const acct = await accountIdOf(root.account.key);
const keyring = {
  epochs: [{ e: 1, key: base64UrlOf(new Uint8Array(32).fill(1)) }],
  blind: base64UrlOf(new Uint8Array(32).fill(2)),
  oldInbox: [],
};
const keys = await heldKeysOf(keyring, acct);
const id = await recordIdOfDoc(keys.blind, 'badge|AAAA');
const otherId = await recordIdOfDoc(keys.blind, 'badge|BBBB');
const random = seeded(3);
const content = { kind: 'doc' as const, bytes: utf8('{"hello":"world"}') };

describe('a sealed record', () => {
  it('is what Python’s cryptography makes of the same keys', async () => {
    const sealed = await sealRecord(keys, { id, rev: 1 }, content, (bytes) => new Uint8Array(bytes));
    expect(sealed).toHaveLength(545);
    expect(await sha256Of(sealed)).toBe('qawO_wLZ5g0S3rEvzsT9B-RHehfd25v2zwfUg8vwm9s');
  });

  it('opens to what was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), async (bytes, isDoc) => {
        const kind = isDoc ? ('doc' as const) : ('blob' as const);
        const sealed = await sealRecord(keys, { id, rev: 2 }, { kind, bytes }, random);
        expect(await openRecord(keys, { id, rev: 2 }, sealed)).toEqual({ ok: true, value: { kind, bytes } });
      }),
    );
  });

  it('says no more of its size than a bucket does (T71)', async () => {
    for (const [length, bucket] of [
      [0, 512],
      [507, 512],
      [508, 1024],
      [1019, 1024],
      [1020, 2048],
    ] as const) {
      const sealed = await sealRecord(
        keys,
        { id, rev: 1 },
        { kind: 'blob', bytes: new Uint8Array(length) },
        random,
      );
      expect(sealed.length - 33).toBe(bucket);
    }
    const buckets = Array.from({ length: 11 }, (_, power) => 512 * 2 ** power);
    const seen = new Set<number>();
    for (let count = 0; count < 1_000; count += 1) {
      // Of any order of magnitude, up to the largest.
      const [first = 0, second = 0, power = 0] = random(3);
      const length = (first * 256 + second) % Math.min(2 ** (power % 20), maxContentBytes + 1);
      const sealed = await sealRecord(
        keys,
        { id, rev: 1 },
        { kind: 'blob', bytes: new Uint8Array(length) },
        random,
      );
      expect(buckets, String(length)).toContain(sealed.length - 33);
      seen.add(sealed.length);
    }
    expect(seen.size).toBeGreaterThan(5);
    const largest = { kind: 'blob' as const, bytes: new Uint8Array(maxContentBytes) };
    expect(await sealRecord(keys, { id, rev: 1 }, largest, random)).toHaveLength(maxSealedBytes);
    const tooLarge = { kind: 'blob' as const, bytes: new Uint8Array(maxContentBytes + 1) };
    await expect(sealRecord(keys, { id, rev: 1 }, tooLarge, random)).rejects.toThrow();
  });

  it('does not open as another record, revision, account, suite or epoch, nor changed or cut (T3, T7)', async () => {
    const sealed = await sealRecord(keys, { id, rev: 1 }, content, random);
    const changed = (index: number): Uint8Array => sealed.map((byte, at) => (at === index ? byte ^ 1 : byte));
    const elsewhere = await heldKeysOf(keyring, id);
    const refused = [
      openRecord(keys, { id: otherId, rev: 1 }, sealed),
      openRecord(keys, { id, rev: 2 }, sealed),
      openRecord(elsewhere, { id, rev: 1 }, sealed),
      openRecord(keys, { id, rev: 1 }, changed(0)),
      openRecord(keys, { id, rev: 1 }, changed(4)),
      openRecord(keys, { id, rev: 1 }, changed(10)),
      openRecord(keys, { id, rev: 1 }, changed(100)),
      openRecord(keys, { id, rev: 1 }, sealed.subarray(0, -1)),
      openRecord(keys, { id, rev: 1 }, new Uint8Array()),
    ];
    for (const result of await Promise.all(refused))
      expect(result.ok ? 'opened' : result.error.code).toBe('sync-distrust');
  });
});

describe('bytes in parts', () => {
  it.each([0, 1, blobPartBytes, blobPartBytes + 1, 3 * blobPartBytes])(
    'of %d bytes are whole again',
    async (length) => {
      const bytes = new Uint8Array(length).fill(7);
      const parts = splitBlob(await sha256Of(bytes), bytes);
      expect(parts).toHaveLength(Math.max(1, Math.ceil(length / blobPartBytes)));
      const read = parts.map((part) => parseBlobPart(contentOfBlobPart(part)));
      expect(read).toEqual(parts.map((value) => ({ ok: true, value })));
      expect(joinBlob([...parts].reverse())).toEqual(bytes);
      if (parts.length > 1) expect(joinBlob(parts.slice(1))).toBeUndefined();
      for (const part of parts) expect(contentOfBlobPart(part).length).toBeLessThanOrEqual(maxContentBytes);
    },
  );

  it('are refused when their numbers make no sense', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const read = parseBlobPart(bytes);
        if (read.ok) expect(read.value.part).toBeLessThan(read.value.parts);
      }),
    );
    expect(parseBlobPart(new Uint8Array(36)).ok).toBe(false);
  });
});
