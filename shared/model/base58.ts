import type { Bytes } from './bytes.ts';

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Longest text that is read, for the work grows by the square of its length; keys and signatures are shorter. */
const maxLength = 1_024;

/** Bytes of base58btc, each zero in front kept; `undefined` for no text, a long one, and any other letter. */
export function bytesOfBase58(text: string): Bytes | undefined {
  if (text === '' || text.length > maxLength) return undefined;
  // Two letters at once, into 16 bits at once: the products are small numbers still.
  const limbs: number[] = [];
  for (let start = 0; start < text.length; start += 2) {
    const first = letters.indexOf(text.charAt(start));
    const second = letters.indexOf(text.charAt(start + 1));
    if (first === -1 || second === -1) return undefined;
    const isPair = start + 1 < text.length;
    const scale = isPair ? 58 * 58 : 58;
    let carry = isPair ? first * 58 + second : first;
    for (let index = 0; index < limbs.length; index += 1) {
      carry += (limbs[index] ?? 0) * scale;
      limbs[index] = carry & 0xffff;
      carry >>= 16;
    }
    if (carry > 0) limbs.push(carry);
  }
  let zeros = 0;
  while (text[zeros] === '1') zeros += 1;
  const count = limbs.length * 2 - ((limbs.at(-1) ?? 0xffff) < 0x100 ? 1 : 0);
  const bytes = new Uint8Array(zeros + count);
  for (let index = 0; index < count; index += 1)
    bytes[bytes.length - 1 - index] = (limbs[index >> 1] ?? 0) >> ((index & 1) * 8);
  return bytes;
}

/** base58btc of bytes. */
export function base58Of(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let index = 0; index < digits.length; index += 1) {
      carry += (digits[index] ?? 0) * 256;
      digits[index] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  for (let index = 0; bytes[index] === 0; index += 1) digits.push(0);
  return digits
    .reverse()
    .map((digit) => letters.charAt(digit))
    .join('');
}
