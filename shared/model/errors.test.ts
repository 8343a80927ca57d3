import { describe, expect, it } from 'vitest';
import { asBackpackError, BackpackError } from './errors.ts';

const full = () => new DOMException('It does not fit.', 'QuotaExceededError');
const codeOf = (thrown: unknown) => asBackpackError(thrown).code;

describe('what was thrown', () => {
  it('T29: is told as want of space, however often the error of the store was wrapped', () => {
    const aborted = Object.assign(new Error('aborted'), { name: 'AbortError', inner: full() });
    for (const thrown of [full(), aborted, new Error('outer', { cause: aborted })])
      expect(codeOf(thrown)).toBe('no-space');
  });

  it('is itself, or unexpected, when it is anything else', () => {
    const own = new BackpackError('locked');
    expect(asBackpackError(own)).toBe(own);
    const circle: { name: string; inner?: unknown } = { name: 'AbortError' };
    circle.inner = circle;
    for (const thrown of [new Error('QuotaExceededError'), circle, 'QuotaExceededError', null, undefined])
      expect(codeOf(thrown)).toBe('unexpected');
  });
});
