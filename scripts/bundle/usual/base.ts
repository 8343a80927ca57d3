const base58Letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** base58btc by long division; texts are keys and signatures, so their length is small. */
export const base58 = {
  encode: (bytes: Uint8Array): string => {
    const digits = convert([...bytes], 256, 58);
    return '1'.repeat(leadingZeros([...bytes])) + digits.map((digit) => base58Letters[digit]).join('');
  },
  decode: (text: string): Uint8Array => {
    const digits = [...text].map((letter) => base58Letters.indexOf(letter));
    if (digits.includes(-1)) throw new Error('no base58');
    return Uint8Array.from([
      ...Array.from({ length: leadingZeros(digits) }, () => 0),
      ...convert(digits, 58, 256),
    ]);
  },
};

function leadingZeros(digits: readonly number[]): number {
  const first = digits.findIndex((digit) => digit !== 0);
  return first === -1 ? digits.length : first;
}

/** The digits of the same number in another base, without zeros in front. */
function convert(digits: readonly number[], from: number, to: number): number[] {
  const converted: number[] = [];
  for (const digit of digits) {
    let carry = digit;
    for (let index = converted.length - 1; index >= 0; index -= 1) {
      carry += (converted[index] ?? 0) * from;
      converted[index] = carry % to;
      carry = Math.floor(carry / to);
    }
    for (; carry > 0; carry = Math.floor(carry / to)) converted.unshift(carry % to);
  }
  return converted;
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
