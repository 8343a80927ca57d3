import { type Instant, instantOf } from '../model/brands.ts';
import type { Clock, Random } from '../model/effects.ts';

/** Random bytes that are the same for the same seed; for tests alone, nothing about them is secret. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return (bytes) => Uint8Array.from({ length: bytes }, next);
}

/** The moment that tests take as now, unless they say otherwise. Badges are built around it. */
export const testNow: Instant = instantOf(Date.parse('2026-06-01T12:00:00.000Z'));

/** A clock that stands still. */
export function fixedClock(at: Instant = testNow): Clock {
  return () => at;
}
