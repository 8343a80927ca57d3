/**
 * A moment of a hybrid logical clock (design §6): milliseconds (13 hex), counter (4 hex), device (16 hex).
 * Fixed width, lower case: compares as text. `''` is before every stamp.
 */
export type Stamp = string & { readonly stamp: unique symbol };

/** Who makes stamps: 8 random bytes as 16 hex digits, chosen once for a browser. */
export type StampDevice = string;

const stampForm = /^[0-9a-f]{33}$/;
const lastMillisecond = 2 ** 52 - 1;
const lastCounter = 0xffff;

/** True for a well-formed stamp. */
export function isStamp(value: unknown): value is Stamp {
  return typeof value === 'string' && stampForm.test(value);
}

/**
 * A stamp after `last` and, where the clock allows it, of `now` (milliseconds, already corrected).
 * No clock is ever waited for: one that stands still or jumps back only makes the counter run.
 */
export function nextStamp(last: Stamp | '', now: number, device: StampDevice): Stamp {
  const seen = last === '' ? { milliseconds: 0, counter: -1 } : partsOf(last);
  const clock = Math.min(Math.max(Math.floor(now), 0), lastMillisecond);
  if (clock > seen.milliseconds) return stampOf(clock, 0, device);
  if (seen.counter < lastCounter) return stampOf(seen.milliseconds, seen.counter + 1, device);
  return stampOf(Math.min(seen.milliseconds + 1, lastMillisecond), 0, device);
}

/** The later of two. */
export function laterStamp(a: Stamp | '', b: Stamp | ''): Stamp | '' {
  return a > b ? a : b;
}

/** What a stamp says of the clock it was made under, and of its maker. */
export function partsOf(stamp: Stamp): {
  readonly milliseconds: number;
  readonly counter: number;
  readonly device: StampDevice;
} {
  return {
    milliseconds: Number.parseInt(stamp.slice(0, 13), 16),
    counter: Number.parseInt(stamp.slice(13, 17), 16),
    device: stamp.slice(17),
  };
}

function stampOf(milliseconds: number, counter: number, device: StampDevice): Stamp {
  const text =
    milliseconds.toString(16).padStart(13, '0') +
    counter.toString(16).padStart(4, '0') +
    device.toLowerCase();
  return text as Stamp;
}
