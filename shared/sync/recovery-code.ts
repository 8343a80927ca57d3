import type { Bytes } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';

/** Crockford's alphabet: no I, L, O, U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupCount = 7;
const groupLength = 4;
const checksumBits = 12n;

/** A fresh secret of 128 bits, what the code stands for. */
export function newRecoverySecret(random: Random): Bytes {
  return new Uint8Array(random(16));
}

/**
 * The code that a learner writes down: 7 groups of 4 characters, joined by hyphens. 128 bits of secret, then 12 bits
 * that find every single wrong character and every pair of neighbours swapped (design §2).
 */
export function recoveryCodeOf(secret: Bytes): string {
  let value = 0n;
  for (const byte of secret) value = (value << 8n) | BigInt(byte);
  value = (value << checksumBits) | BigInt(checksumOf(secret));
  const characters = Array.from({ length: groupCount * groupLength }, (_, index) => {
    const shift = BigInt(5 * (groupCount * groupLength - 1 - index));
    return alphabet.charAt(Number((value >> shift) & 31n));
  }).join('');
  return groupsOf(characters).join('-');
}

/**
 * Reads a code as people type it: any case, spaces, hyphens, O for 0, I and L for 1.
 * Errors: `recovery-code-mistyped`, found out before anything is asked of a server.
 */
export function parseRecoveryCode(text: string): Result<Bytes> {
  const characters = charactersOf(text);
  if (characters.length !== groupCount * groupLength) return mistyped();
  let value = 0n;
  for (const character of characters) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return mistyped();
    value = (value << 5n) | BigInt(digit);
  }
  const secret = new Uint8Array(16);
  const bits = value >> checksumBits;
  for (let index = 0; index < 16; index += 1)
    secret[index] = Number((bits >> BigInt(8 * (15 - index))) & 255n);
  const checksum = Number(value & ((1n << checksumBits) - 1n));
  return checksum === checksumOf(secret) ? ok(secret) : mistyped();
}

/** Which two groups a learner types back before anything is uploaded: two different ones, in order, from 1 to 7. */
export function groupsToTypeBack(random: Random): readonly [number, number] {
  const [a = 0, b = 0] = random(2);
  const first = a % groupCount;
  const second = (first + 1 + (b % (groupCount - 1))) % groupCount;
  return first < second ? [first + 1, second + 1] : [second + 1, first + 1];
}

/** True when `typed` is the group of that number (from 1) of the code, as people type it. */
export function groupMatches(code: string, group: number, typed: string): boolean {
  const asked = groupsOf(charactersOf(code))[group - 1];
  return asked !== undefined && asked === charactersOf(typed);
}

function charactersOf(text: string): string {
  return text
    .slice(0, 200)
    .toUpperCase()
    .replace(/[\s\-–—_.]+/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

function groupsOf(characters: string): readonly string[] {
  return characters.match(/.{1,4}/g) ?? [];
}

/** CRC-12 (polynomial 0x80F): unlike a hash it misses no burst of up to 12 bits, which is two neighbouring characters. */
function checksumOf(secret: Bytes): number {
  let register = 0xfff;
  for (const byte of secret) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const carry = ((register >> 11) & 1) ^ ((byte >> bit) & 1);
      register = ((register << 1) & 0xfff) ^ (carry === 1 ? 0x80f : 0);
    }
  }
  return register;
}

function mistyped(): Result<never> {
  return failed(new BackpackError('recovery-code-mistyped'));
}
