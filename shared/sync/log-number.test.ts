import { describe, expect, it } from 'vitest';
import type { Sha256 } from '../model/brands.ts';
import { base64UrlOf } from '../model/bytes.ts';
import { logNumberOf } from './log-number.ts';

const headOf = (...first: readonly number[]) => ({
  n: 1,
  h: base64UrlOf(Uint8Array.from({ length: 32 }, (_, at) => first[at] ?? 0)) as Sha256,
});

describe('the number of a log', () => {
  it('has eight digits, also where it begins with zeros', () => {
    expect(logNumberOf(headOf())).toBe('0000 0000');
    expect(logNumberOf(headOf(0, 0, 0, 0, 0, 0, 1, 1))).toBe('0000 0257');
    expect(logNumberOf(headOf(255, 255, 255, 255, 255, 255, 255, 255))).toBe('0955 1615');
  });

  it('differs with the head, and not with its place', () => {
    expect(logNumberOf(headOf(1))).not.toBe(logNumberOf(headOf(2)));
    expect(logNumberOf({ ...headOf(1), n: 9 })).toBe(logNumberOf(headOf(1)));
  });
});
