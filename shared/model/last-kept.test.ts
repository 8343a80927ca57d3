import { describe, expect, it } from 'vitest';
import { lastKept, maxKept } from './last-kept.ts';

describe('what is kept of the last badges', () => {
  it('gives back what was kept by its name, and nothing else', () => {
    const kept = lastKept<string>();
    expect(kept.keep('a', 'one')).toBe('one');
    expect(kept.get('a')).toBe('one');
    expect(kept.get('b')).toBeUndefined();
  });

  it(`keeps ${maxKept} and forgets the oldest for one more`, () => {
    const kept = lastKept<number>();
    for (let index = 0; index < maxKept; index += 1) kept.keep(String(index), index);
    expect(kept.get('0')).toBe(0);
    kept.keep('one more', maxKept);
    expect(kept.get('0')).toBeUndefined();
    expect(kept.get('1')).toBe(1);
    expect(kept.get('one more')).toBe(maxKept);
  });

  it('forgets nothing for a name that it has already', () => {
    const kept = lastKept<number>();
    for (let index = 0; index < maxKept; index += 1) kept.keep(String(index), index);
    kept.keep('5', -5);
    expect(kept.get('0')).toBe(0);
    expect(kept.get('5')).toBe(-5);
  });
});
