import * as library from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base58, base64, base64url, base64urlnopad, hex } from './base.ts';

/** Bytes of keys and signatures, some with zeros in front. */
const someBytes = fc
  .tuple(fc.nat({ max: 4 }), fc.uint8Array({ maxLength: 130 }))
  .map(([zeros, bytes]) => new Uint8Array([...new Uint8Array(zeros), ...bytes]));

describe('the coders of the small chunk', () => {
  it('write and read what the library writes and reads', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        expect(base58.encode(bytes)).toBe(library.base58.encode(bytes));
        expect(base58.decode(library.base58.encode(bytes))).toEqual(bytes);
        expect(hex.encode(bytes)).toBe(library.hex.encode(bytes));
        expect(base64.encode(bytes)).toBe(library.base64.encode(bytes));
        expect(base64urlnopad.encode(bytes)).toBe(library.base64urlnopad.encode(bytes));
        expect(base64url.decode(library.base64url.encode(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['', []],
    ['1', [0]],
    ['111', [0, 0, 0]],
    ['12', [0, 1]],
    ['1111z', [0, 0, 0, 0, 57]],
    ['5R', [1, 0]],
  ])('keep every zero in front: %s', (text, bytes) => {
    expect(base58.decode(text)).toEqual(Uint8Array.from(bytes));
    expect(base58.encode(Uint8Array.from(bytes))).toBe(text);
    expect(library.base58.encode(Uint8Array.from(bytes))).toBe(text);
  });

  it.each(['0', 'O', 'I', 'l', ' 2', '2\n', 'é', '2=', 'z🙂'])(
    'refuse what is no base58, as the library does: %j',
    (text) => {
      expect(() => library.base58.decode(text)).toThrow();
      expect(() => base58.decode(text)).toThrow();
    },
  );
});
