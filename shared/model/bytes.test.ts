import { hex } from '@scure/base';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hexOf } from './bytes.ts';

it('hexadecimal is written as a library writes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(hexOf(bytes)).toBe(hex.encode(bytes));
    }),
  );
});
