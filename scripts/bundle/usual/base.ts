const base58Letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** base58btc, letter by letter; texts are keys and signatures, so their length is small. */
export const base58 = {
  encode: (bytes: Uint8Array): string =>
    inBase([...bytes], 256, 58)
      .map((digit) => base58Letters.charAt(digit))
      .join(''),
  decode: (text: string): Uint8Array => {
    const digits = [...text].map((letter) => base58Letters.indexOf(letter));
    if (digits.includes(-1)) throw new Error('no base58');
    return Uint8Array.from(inBase(digits, 58, 256));
  },
};

/** The digits of a number in another base; each zero in front stays one. */
function inBase(digits: readonly number[], from: number, to: number): readonly number[] {
  const turned: number[] = [];
  for (const digit of digits) {
    let carry = digit;
    for (let index = 0; index < turned.length; index += 1) {
      carry += (turned[index] ?? 0) * from;
      turned[index] = carry % to;
      carry = (carry / to) | 0;
    }
    for (; carry > 0; carry = (carry / to) | 0) turned.push(carry % to);
  }
  const first = digits.findIndex((digit) => digit !== 0);
  const zeros = first === -1 ? digits.length : first;
  return [...Array.from({ length: zeros }, () => 0), ...turned.reverse()];
}

export const hex = {
  encode: (bytes: Uint8Array): string =>
    [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
};

/** With padding, by the platform's own coder. */
export const base64 = {
  encode: (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)),
};

export const base64urlnopad = {
  encode: (bytes: Uint8Array): string =>
    base64.encode(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
};

export const base64url = {
  decode: (text: string): Uint8Array =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0)),
};
