import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStamp, nextStamp, partsOf, type Stamp } from './stamp.ts';

const device = '00112233445566aa';

describe('a stamp', () => {
  it('is always later than the one before, whatever the clock does (T26)', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 2, maxLength: 50 }), (clocks) => {
        let last: Stamp | '' = '';
        for (const now of clocks) {
          const next: Stamp = nextStamp(last, now, device);
          expect(isStamp(next)).toBe(true);
          if (last !== '' && partsOf(last).milliseconds < 2 ** 52 - 1) expect(next > last).toBe(true);
          last = next;
        }
      }),
    );
  });

  it('carries on where the counter is full', () => {
    const full = `${'0'.repeat(12)}5ffff${device}`;
    expect(isStamp(full) && nextStamp(full, 0, device)).toBe(`${'0'.repeat(12)}60000${device}`);
  });

  it('follows the clock where it can', () => {
    const stamp = nextStamp('', 1_700_000_000_123, device);
    expect(partsOf(stamp)).toEqual({ milliseconds: 1_700_000_000_123, counter: 0, device });
    expect(partsOf(nextStamp(stamp, 1_700_000_000_000, device))).toMatchObject({ counter: 1 });
  });

  it.each(['', 'x', '0'.repeat(32), 'G'.repeat(33), 'A'.repeat(33)])('is not %j', (text) => {
    expect(isStamp(text)).toBe(false);
  });
});
