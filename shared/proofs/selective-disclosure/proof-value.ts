import { parseMultikey } from '../../keys/multikey.ts';
import { base58Of } from '../../model/base58.ts';
import { type Bytes, base64UrlOf, bytesOfBase64Url, concat } from '../../model/bytes.ts';
import { readCbor } from './read-cbor.ts';

/** Longest proof value that is read, in characters: some 10,000 statements, each with its signature. */
const maxLength = 1_000_000;
/** Most statements, labels and pointers of one proof. */
const maxEntries = 10_000;

type Shared = {
  /** by the issuer, over options, ephemeral key and mandatory statements */
  readonly baseSignature: Bytes;
  /** the ephemeral key as it was signed: code and compressed point */
  readonly publicKey: Bytes;
  readonly ephemeral: JsonWebKey;
  /** by the ephemeral key, one for each statement that is not mandatory */
  readonly signatures: readonly Bytes[];
};

/** What the issuer gave to the holder: all statements can be shown, and all links between copies be made. */
export type BaseValue = Shared & {
  readonly kind: 'base';
  readonly hmacKey: Bytes;
  readonly pointers: readonly string[];
};

/** What the holder made of it for others. */
export type DerivedValue = Shared & {
  readonly kind: 'derived';
  /** number of a canonical blank node → the name it has in the signed statements, without `_:` */
  readonly labels: ReadonlyMap<number, string>;
  /** positions of the mandatory statements among those that are shown */
  readonly mandatory: ReadonlySet<number>;
};

/**
 * Reads the `proofValue` of `ecdsa-sd-2023`: multibase base64url, three bytes that say what it is, then CBOR.
 * `undefined` for anything that is not exactly that. Source: DI ECDSA §3.5.3 (parseBaseProofValue), §3.5.7
 * (parseDerivedProofValue).
 */
export function parseSdValue(text: string): BaseValue | DerivedValue | undefined {
  if (!text.startsWith('u') || text.length > maxLength) return undefined;
  const bytes = bytesOfBase64Url(text.slice(1));
  if (bytes === undefined || bytes[0] !== 0xd9 || bytes[1] !== 0x5d) return undefined;
  const parts = partsOf(bytes.subarray(3));
  const shared = sharedOf(parts);
  if (parts === undefined || shared === undefined) return undefined;
  if (bytes[2] === 0x00) return baseOf(parts, shared);
  return bytes[2] === 0x01 ? derivedOf(parts, shared) : undefined;
}

function partsOf(bytes: Bytes): readonly unknown[] | undefined {
  const value: unknown = readCbor(bytes);
  return Array.isArray(value) && value.length === 5 ? value : undefined;
}

/** Base values hold the signatures in the fourth place, derived ones in the third: whichever is a list of them. */
function sharedOf(parts: readonly unknown[] | undefined): Omit<Shared, 'signatures'> | undefined {
  const [baseSignature, publicKey] = parts ?? [];
  if (!isBytes(baseSignature, 64) || !isBytes(publicKey, 35)) return undefined;
  const key = parseMultikey(`z${base58Of(publicKey)}`);
  if (!key.ok || key.curve !== 'P-256') return undefined;
  return { baseSignature: concat(baseSignature), publicKey: concat(publicKey), ephemeral: key.jwk };
}

function baseOf(parts: readonly unknown[], shared: Omit<Shared, 'signatures'>): BaseValue | undefined {
  const [, , hmacKey, fourth, pointers] = parts;
  const signatures = signaturesOf(fourth);
  if (!isBytes(hmacKey, 32) || signatures === undefined || !isListOf(pointers, isText)) return undefined;
  return { kind: 'base', ...shared, hmacKey: concat(hmacKey), signatures, pointers };
}

function derivedOf(parts: readonly unknown[], shared: Omit<Shared, 'signatures'>): DerivedValue | undefined {
  const [, , third, map, indexes] = parts;
  const signatures = signaturesOf(third);
  const labels = labelsOf(map);
  if (signatures === undefined || labels === undefined || !isListOf(indexes, isIndex)) return undefined;
  const mandatory = new Set(indexes);
  return mandatory.size === indexes.length
    ? { kind: 'derived', ...shared, signatures, labels, mandatory }
    : undefined;
}

function signaturesOf(value: unknown): readonly Bytes[] | undefined {
  return isListOf(value, (entry): entry is Uint8Array => isBytes(entry, 64))
    ? value.map((entry) => concat(entry))
    : undefined;
}

/** Two nodes under one name would let statements about one be told of the other. */
function labelsOf(value: unknown): ReadonlyMap<number, string> | undefined {
  if (!(value instanceof Map) || value.size > maxEntries) return undefined;
  const labels = new Map<number, string>();
  for (const [number, digest] of value) {
    if (!isIndex(number) || !isBytes(digest, 32)) return undefined;
    labels.set(number, labelOf(digest));
  }
  return new Set(labels.values()).size === labels.size ? labels : undefined;
}

/** The name of a node in the signed statements. Source: DI ECDSA §3.3.8 (createHmacIdLabelMapFunction). */
export function labelOf(digest: Uint8Array): string {
  return `u${base64UrlOf(digest)}`;
}

function isBytes(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length;
}

function isListOf<T>(value: unknown, is: (entry: unknown) => entry is T): value is T[] {
  return Array.isArray(value) && value.length <= maxEntries && value.every(is);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 1_000;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < maxEntries;
}
