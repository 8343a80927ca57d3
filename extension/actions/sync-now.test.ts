import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMs, maxBackOffMs } from './sync-now.ts';

describe('the pause after a failure', () => {
  const longest = (bytes: number) => new Uint8Array(bytes).fill(255);

  it('doubles with each failure, up to five minutes', () => {
    expect([1, 2, 3].map((failures) => Math.round(backOffMs(failures, longest) / 1000))).toEqual([1, 2, 4]);
    expect(backOffMs(1000, longest)).toBeLessThanOrEqual(maxBackOffMs);
    expect(backOffMs(1000, longest)).toBeGreaterThan(maxBackOffMs * 0.99);
  });

  it('is spread out, so that a class does not come back all at once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 50 }), fc.uint8Array({ minLength: 2, maxLength: 2 }), (failures, bytes) => {
        const pause = backOffMs(failures, () => bytes);
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThanOrEqual(maxBackOffMs);
      }),
    );
    expect(backOffMs(5, (bytes) => new Uint8Array(bytes))).toBe(0);
  });
});
