const base58Letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** base58btc as one number; texts are keys and signatures, so their length is small. */
export const base58 = {
  encode: (bytes: Uint8Array): string => {
    let letters = '';
    for (let rest = BigInt(`0x0${hex.encode(bytes)}`); rest > 0n; rest /= 58n)
      letters = base58Letters.charAt(Number(rest % 58n)) + letters;
    return '1'.repeat(leadingZeros([...bytes])) + letters;
  },
  decode: (text: string): Uint8Array => {
    const digits = [...text].map((letter) => base58Letters.indexOf(letter));
    if (digits.includes(-1)) throw new Error('no base58');
    let number = 0n;
    // Five digits at a time, which still are an exact number of the quick kind.
    for (let from = 0; from < digits.length; from += 5) {
      const group = digits.slice(from, from + 5);
      number =
        number * BigInt(58 ** group.length) + BigInt(group.reduce((sum, digit) => sum * 58 + digit, 0));
    }
    const written = number === 0n ? '' : number.toString(16);
    const pairs = written.padStart(written.length + (written.length % 2), '0').match(/../g) ?? [];
    return Uint8Array.from([
      ...Array.from({ length: leadingZeros(digits) }, () => 0),
      ...pairs.map((pair) => Number.parseInt(pair, 16)),
    ]);
  },
};

function leadingZeros(digits: readonly number[]): number {
  const first = digits.findIndex((digit) => digit !== 0);
  return first === -1 ? digits.length : first;
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
