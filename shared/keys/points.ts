import type { Bytes } from '../model/bytes.ts';

/*
 * Whether bytes are a public key of a curve, and its second coordinate where only the first was sent. No secret takes
 * part, so time may tell what it will. What a signature is worth, WebCrypto and `@noble/secp256k1` decide.
 */

/** y² = x³ + ax + b over a field of `prime` elements; every point but the neutral one is of the full order. */
type Curve = { readonly bytes: number; readonly prime: bigint; readonly a: bigint; readonly b: bigint };

/** Sources: SP 800-186 §3.2.1 (P-256, P-384, P-521), SEC 2 §2.4.1 (secp256k1). */
const curves = {
  'P-256': {
    bytes: 32,
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    a: -3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'P-384': {
    bytes: 48,
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    a: -3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  'P-521': {
    bytes: 66,
    prime: 2n ** 521n - 1n,
    a: -3n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
  secp256k1: { bytes: 32, prime: 2n ** 256n - 2n ** 32n - 977n, a: 0n, b: 7n },
} as const satisfies Readonly<Record<string, Curve>>;

export type EcCurve = keyof typeof curves;

/**
 * Both coordinates of a point, compressed or not; `undefined` when there is no such point on the curve.
 * Source: SEC 1 §2.3.4.
 */
export function coordinatesOf(
  name: EcCurve,
  raw: Bytes,
): { readonly x: Uint8Array; readonly y: Uint8Array } | undefined {
  const { bytes, prime, a, b } = curves[name];
  const [form = 0] = raw;
  const left = raw.subarray(1, 1 + bytes);
  const x = numberOf(left);
  if (x >= prime) return undefined;
  const square = mod(x ** 3n + a * x + b, prime);
  if (form === 4 && raw.length === 1 + 2 * bytes) {
    const right = raw.subarray(1 + bytes);
    const y = numberOf(right);
    return y < prime && mod(y * y, prime) === square ? { x: left, y: right } : undefined;
  }
  if ((form !== 2 && form !== 3) || raw.length !== 1 + bytes) return undefined;
  // All four primes are 3 modulo 4.
  const root = power(square, (prime + 1n) / 4n, prime);
  if (mod(root * root, prime) !== square) return undefined;
  const y = (root & 1n) === BigInt(form & 1) ? root : prime - root;
  return { x: left, y: bytesOf(y, bytes) };
}

const edwardsPrime = 2n ** 255n - 19n;
const edwardsD = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/** y of the points whose order divides eight. Source: RFC 8032 §5.1; Ed25519's curve. */
const smallOrders: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  edwardsPrime - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

/**
 * Whether 32 bytes are a point of Ed25519 that one may rely on: for one of small order anybody could sign.
 * Source: RFC 8032 §5.1.3.
 */
export function isSoundEd25519(raw: Bytes): boolean {
  const y = usableY(raw);
  if (y === undefined) return false;
  // x² = (y² - 1) / (dy² + 1), and a fraction is a square where the product of its parts is one.
  const product = (y * y - 1n) * (edwardsD * y * y + 1n);
  return power(mod(product, edwardsPrime), (edwardsPrime - 1n) / 2n, edwardsPrime) === 1n;
}

/** The number that 32 bytes hold beside a sign, when it is written in its one way and not of small order. */
export function usableY(raw: Bytes): bigint | undefined {
  const y = numberOf(raw.toReversed()) & (2n ** 255n - 1n);
  return raw.length !== 32 || y >= edwardsPrime || smallOrders.has(y) ? undefined : y;
}

function power(base: bigint, exponent: bigint, prime: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % prime;
    if (bit === '1') result = (result * base) % prime;
  }
  return result;
}

function mod(value: bigint, prime: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

/** The highest byte first. */
function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function bytesOf(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 255n),
  );
}
