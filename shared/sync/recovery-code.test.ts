import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import {
  groupMatches,
  groupsToTypeBack,
  newRecoverySecret,
  parseRecoveryCode,
  recoveryCodeOf,
} from './recovery-code.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const secrets = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('a recovery code', () => {
  it('has seven groups of four characters', () => {
    expect(recoveryCodeOf(newRecoverySecret(seeded(7)))).toMatch(
      /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/,
    );
    expect(recoveryCodeOf(new Uint8Array(16))).toBe('0000-0000-0000-0000-0000-0000-016D');
    expect(recoveryCodeOf(Uint8Array.from({ length: 16 }, (_, index) => index * 17))).toBe(
      '008J-4CT4-ANK7-F24S-NAXW-SQFE-ZXEC',
    );
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const read = parseRecoveryCode(recoveryCodeOf(new Uint8Array(secret)));
        expect(read).toEqual({ ok: true, value: new Uint8Array(secret) });
      }),
    );
  });

  it('is read as people type it', () => {
    const code = recoveryCodeOf(newRecoverySecret(seeded(7)));
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}\n`;
    expect(parseRecoveryCode(typed)).toEqual(parseRecoveryCode(code));
  });

  it('catches every single wrong character before anything is asked of a server (T14)', () => {
    const code = recoveryCodeOf(newRecoverySecret(seeded(9)));
    for (let index = 0; index < code.length; index += 1)
      for (const character of alphabet) {
        if (code[index] === '-' || code[index] === character) continue;
        const wrong = code.slice(0, index) + character + code.slice(index + 1);
        expect(parseRecoveryCode(wrong).ok, wrong).toBe(false);
      }
  });

  it('catches two neighbours swapped', () => {
    fc.assert(
      fc.property(secrets, fc.nat({ max: 26 }), (secret, index) => {
        const plain = recoveryCodeOf(new Uint8Array(secret)).replaceAll('-', '');
        const [a = '', b = ''] = plain.slice(index, index + 2);
        const swapped = plain.slice(0, index) + b + a + plain.slice(index + 2);
        expect(parseRecoveryCode(swapped).ok).toBe(a === b);
      }),
    );
  });

  it.each(['', 'ABCD', 'U'.repeat(28), '0'.repeat(29), '💛'.repeat(28)])('is not %j', (text) => {
    const read = parseRecoveryCode(text);
    expect(read.ok ? 'read' : read.error.code).toBe('recovery-code-mistyped');
  });

  it('answers to any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseRecoveryCode(text)));
  });

  it('is typed back in two different groups', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const [first, second] = groupsToTypeBack(seeded(seed));
        expect(first).toBeGreaterThanOrEqual(1);
        expect(second).toBeGreaterThan(first);
        expect(second).toBeLessThanOrEqual(7);
      }),
    );
    const code = recoveryCodeOf(newRecoverySecret(seeded(7)));
    expect(groupMatches(code, 3, ` ${code.split('-')[2]?.toLowerCase()} `)).toBe(true);
    expect(groupMatches(code, 3, code.split('-')[3] ?? '')).toBe(false);
    expect(groupMatches(code, 8, '')).toBe(false);
  });
});
