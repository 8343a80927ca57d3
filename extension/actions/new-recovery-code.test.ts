import { describe, expect, it } from 'vitest';
import { seeded } from '../../shared/testing/seeded.ts';
import { isTypedBack, newRecoveryCode } from './new-recovery-code.ts';

const made = newRecoveryCode(seeded(1));
const groups = made.code.split('-');
const asked = made.groups.map((group) => groups[group - 1] ?? '');

describe('typing the recovery code back', () => {
  it('takes the two groups that were asked for, in small letters too', () => {
    expect(groups).toHaveLength(7);
    expect(isTypedBack(made, asked)).toBe(true);
    expect(
      isTypedBack(
        made,
        asked.map((group) => group.toLowerCase()),
      ),
    ).toBe(true);
  });

  it('refuses other groups, swapped ones, and nothing at all', () => {
    expect(isTypedBack(made, [...asked].reverse())).toBe(false);
    expect(isTypedBack(made, [asked[0] ?? ''])).toBe(false);
    expect(isTypedBack(made, ['', ''])).toBe(false);
  });
});
