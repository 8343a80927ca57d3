import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base58Of, bytesOfBase58 } from './base58.ts';

/** Bytes of keys and signatures, some with zeros in front. */
const someBytes = fc
  .tuple(fc.nat({ max: 4 }), fc.uint8Array({ maxLength: 130 }))
  .map(([zeros, bytes]) => new Uint8Array([...new Uint8Array(zeros), ...bytes]));

describe('base58btc', () => {
  it('is written and read as a library writes and reads it', () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        const text = base58.encode(bytes);
        expect(base58Of(bytes)).toBe(text);
        expect(bytesOfBase58(text)).toEqual(text === '' ? undefined : bytes);
      }),
    );
  });

  it.each([
    ['1', [0]],
    ['111', [0, 0, 0]],
    ['12', [0, 1]],
    ['1111z', [0, 0, 0, 0, 57]],
    ['5R', [1, 0]],
    ['2UzHL', [255, 255, 255]],
  ])('keeps every zero in front: %s', (text, bytes) => {
    expect(bytesOfBase58(text)).toEqual(Uint8Array.from(bytes));
    expect(base58Of(Uint8Array.from(bytes))).toBe(text);
    expect(base58.encode(Uint8Array.from(bytes))).toBe(text);
  });

  it.each(['0', 'O', 'I', 'l', ' 2', '2\n', 'é', '2=', 'z🙂'])('is not %j', (text) => {
    expect(() => base58.decode(text)).toThrow();
    expect(bytesOfBase58(text)).toBeUndefined();
  });

  it('is read up to a length that no key and no signature has', () => {
    expect(bytesOfBase58('2'.repeat(1_024))).toEqual(base58.decode('2'.repeat(1_024)));
    expect(bytesOfBase58('2'.repeat(1_025))).toBeUndefined();
    expect(bytesOfBase58('')).toBeUndefined();
  });
});
