import * as v from 'valibot';
import { type Handle, type Instant, type Kid, parseHandle, type Sha256 } from '../model/brands.ts';
import { bytesOfBase64Url, hexOf, isBase64Url } from '../model/bytes.ts';
import { BackpackError, type ErrorCode } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';

/** Raw Ed25519 public key, 32 bytes as base64url. Whether it may be trusted at all: `isSigningKey`. */
export type SigningKey = string & { readonly signingKey: unique symbol };
/** Raw X25519 public key, 32 bytes as base64url. */
export type BoxKey = string & { readonly boxKey: unique symbol };
/** SHA-256 of the raw account key of the genesis; never changes, also when the root does (design §4). */
export type AccountId = Sha256;
/** HMAC under the account's blinding key (design §4): says nothing about what the record holds. */
export type RecordId = Sha256;

/** SHA-256 or HMAC-SHA-256 as canonical base64url. */
export const hashShape = v.custom<Sha256>((input) => isBase64UrlOf(input, 32), 'hash');
export const kidShape = v.custom<Kid>((input) => isBase64UrlOf(input, 32), 'kid');
export const signingKeyShape = v.custom<SigningKey>((input) => isSigningKey(input), 'signing key');
export const boxKeyShape = v.custom<BoxKey>((input) => isBoxKey(input), 'box key');
export const handleShape = v.custom<Handle>(
  (input) => typeof input === 'string' && parseHandle(input).ok,
  'handle',
);

export const instantShape = v.custom<Instant>(
  (input) => typeof input === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(input),
  'instant',
);

/** Canonical base64url of at most `maxBytes` bytes. */
export function base64UrlShape(maxBytes: number) {
  return v.pipe(
    v.string(),
    v.maxLength(Math.ceil((maxBytes * 4) / 3)),
    v.check((text) => bytesOfBase64Url(text) !== undefined),
  );
}

/** A whole number from `least` to `most`. */
export function wholeNumberShape(least: number, most: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));
}

/** The newest commit of a log: its number, and the hash of its text. */
export const headShape = v.strictObject({ n: wholeNumberShape(0, Number.MAX_SAFE_INTEGER), h: hashShape });
export type LogHead = v.InferOutput<typeof headShape>;

/**
 * Reads a foreign value against a shape.
 * `code`: what the failure is called; its facts name the member at fault, never its value.
 */
export function parseShape<Shape extends v.GenericSchema>(
  shape: Shape,
  value: unknown,
  code: ErrorCode,
): Result<v.InferOutput<Shape>> {
  const parsed = v.safeParse(shape, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  return failed(new BackpackError(code, { member: v.getDotPath(parsed.issues[0])?.slice(0, 100) ?? '' }));
}

/** True for text that is the canonical base64url of exactly `length` bytes. */
export function isBase64UrlOf(input: unknown, length: number): input is string {
  return typeof input === 'string' && input.length === Math.ceil((length * 4) / 3) && isBase64Url(input);
}

/**
 * True for an Ed25519 public key that a signature may rest on: canonical, not of small order.
 * A small-order key accepts signatures over texts its owner never saw. Source: RFC 8032 §5.1.3, threats T12.
 */
export function isSigningKey(input: unknown): input is SigningKey {
  if (!isBase64UrlOf(input, 32)) return false;
  const y = littleEndianOf(bytesOfBase64Url(input)) & ((1n << 255n) - 1n);
  return y < fieldPrime && !smallOrderY.has(y);
}

/** True for an X25519 public key that is not of small order (RFC 7748 §6.1, §7). */
export function isBoxKey(input: unknown): input is BoxKey {
  if (!isBase64UrlOf(input, 32)) return false;
  const u = littleEndianOf(bytesOfBase64Url(input)) & ((1n << 255n) - 1n);
  return u < fieldPrime && !smallOrderU.has(u);
}

/** A number of bytes in little-endian order, as both curves write them; 0 for `undefined`. */
export function littleEndianOf(bytes: Uint8Array | undefined): bigint {
  return BigInt(`0x0${hexOf(bytes?.toReversed() ?? new Uint8Array())}`);
}

const fieldPrime = (1n << 255n) - 19n;
/** y of the eight points whose order divides 8; the test compares them with those of @noble/curves. */
const smallOrderY: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  fieldPrime - 1n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
]);
const smallOrderU: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  fieldPrime - 1n,
  0x00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0n,
  0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5fn,
]);
