import { crc32 as asZlib } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { crc32 } from './crc32.ts';

describe('the checksum of a chunk', () => {
  it('is the one that everybody checks theirs by', () => {
    expect(crc32(utf8('123456789'), 0, 9)).toBe(0xcbf43926);
  });

  it('is that of zlib wherever the bytes begin, and however many they are', () => {
    const memory = Uint8Array.from({ length: 128 }, (_, index) => (index * 167 + 13) & 0xff);
    for (let offset = 0; offset < 8; offset += 1) {
      const bytes = memory.subarray(offset);
      for (let from = 0; from < 8; from += 1)
        for (let to = from; to < bytes.length; to += 1)
          expect(crc32(bytes, from, to)).toBe(asZlib(bytes.subarray(from, to)));
    }
  });

  it('is that of zlib for a chunk of any bytes and any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 20_000, size: 'max' }),
        fc.nat({ max: 64 }),
        fc.nat({ max: 64 }),
        (bytes, skipped, left) => {
          const from = Math.min(skipped, bytes.length);
          const to = Math.max(from, bytes.length - left);
          expect(crc32(bytes, from, to)).toBe(asZlib(bytes.subarray(from, to)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
