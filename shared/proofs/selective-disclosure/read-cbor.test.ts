import { decode, encode as encodeAsBuffer } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat } from '../../model/bytes.ts';
import { readCbor } from './read-cbor.ts';

const encode = (written: unknown) => new Uint8Array(encodeAsBuffer(written));

/** The same by an independent reader; `undefined` where that refuses. */
function byLibrary(bytes: Uint8Array): unknown {
  try {
    const tags = { 64: (inner: () => unknown) => inner() };
    return decode(bytes, { useMaps: true, rejectDuplicateMapKeys: true, allowUndefined: false, tags });
  } catch {
    return undefined;
  }
}

const bytes = fc.uint8Array({ maxLength: 40 });
const index = fc.oneof(fc.nat(30), fc.nat(70_000), fc.maxSafeNat());
const leaf = fc.oneof(index, bytes, fc.string({ unit: 'binary', maxLength: 30 }));
const list = fc.array(leaf, { maxLength: 30 });
const map = fc
  .uniqueArray(fc.tuple(index, leaf), { maxLength: 30, selector: ([key]) => key })
  .map((all) => new Map(all.toSorted(([a], [b]) => a - b)));
const value = fc.array(fc.oneof(leaf, list, map), { maxLength: 6 });

describe('a value of CBOR', () => {
  it('is what was written, in every length of a head', () => {
    fc.assert(
      fc.property(value, (written) => {
        expect(readCbor(encode(written))).toEqual(written);
      }),
      { numRuns: 2_000 },
    );
    for (const length of [23, 24, 255, 256, 65_535, 65_536]) {
      const long = new Uint8Array(length).fill(7);
      expect(readCbor(encode(long))).toEqual(long);
      expect(readCbor(encode(long).subarray(0, -1))).toBeUndefined();
    }
    expect(readCbor(Uint8Array.of(0xd8, 0x40, 0x41, 0x07))).toEqual(Uint8Array.of(7));
  });

  it('is what a library reads, or none, whatever its bytes are', () => {
    const read = { same: 0, refused: 0 };
    const piece = fc.oneof(
      fc.nat(255),
      fc.constantFrom(0x40, 0x80, 0xa0, 0xc0, 0xd8, 0x9f, 0xff, 0xf6, 0xfb, 0x1b),
    );
    fc.assert(
      fc.property(
        value,
        fc.nat(),
        fc.nat(2),
        fc.array(piece, { maxLength: 2 }),
        (written, place, gone, put) => {
          const whole = encode(written);
          const at = place % whole.length;
          const changed = concat(whole.subarray(0, at), Uint8Array.from(put), whole.subarray(at + gone));
          const ours = readCbor(changed);
          if (ours !== undefined) expect(ours).toEqual(byLibrary(changed));
          read[ours === undefined ? 'refused' : 'same'] += 1;
        },
      ),
      { numRuns: 20_000 },
    );
    expect(Math.min(read.same, read.refused)).toBeGreaterThan(1_000);
  });

  it.each<[string, readonly number[]]>([
    ['nothing', []],
    ['a number below zero', [0x20]],
    ['a fraction', [0xf9, 0x3c, 0x00]],
    ['null', [0xf6]],
    ['a list without a length', [0x9f, 0xff]],
    ['bytes without a length', [0x5f, 0x41, 0x01, 0xff]],
    ['a head that RFC 8949 keeps for later', [0x1c]],
    ['a number that JavaScript cannot count to', [0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0]],
    ['a text that is no UTF-8', [0x61, 0xff]],
    ['a map with a key twice', [0xa2, 0x01, 0x01, 0x01, 0x02]],
    ['a map with a word for a key', [0xa1, 0x61, 0x61, 0x01]],
    ['another tag', [0xc1, 0x01]],
    ['the tag of bytes on a number', [0xd8, 0x40, 0x01]],
    ['five lists in one another', [0x81, 0x81, 0x81, 0x81, 0x80]],
    ['one more byte behind it', [0x01, 0x01]],
    ['more than there is', [0x9b, 0, 0, 0, 1, 0, 0, 0, 0, 1]],
  ])('is none when it is %s', (_, said) => {
    expect(readCbor(Uint8Array.from(said))).toBeUndefined();
    expect(readCbor(Uint8Array.of(0x81, 0x81, 0x81, 0x80))).toEqual([[[[]]]]);
  });
});
