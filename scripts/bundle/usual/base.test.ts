import * as library from '@scure/base';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64, base64url, base64urlnopad } from './base.ts';

it('the coders of the small chunk write and read what the library writes and reads', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 130 }), (bytes) => {
      expect(base64.encode(bytes)).toBe(library.base64.encode(bytes));
      expect(base64urlnopad.encode(bytes)).toBe(library.base64urlnopad.encode(bytes));
      expect(base64url.decode(library.base64url.encode(bytes))).toEqual(bytes);
    }),
  );
});
