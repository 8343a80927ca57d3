/** What the proof values of `ecdsa-sd-2023` are made of, and nothing else of CBOR. */
export type Cbor = number | string | Uint8Array | readonly Cbor[] | ReadonlyMap<number, Cbor>;

/** Deepest nesting: a list in the list of parts, and what stands in it under a tag. */
const maxDepth = 4;

/** What is read, and how far. */
type Reading = { readonly bytes: Uint8Array; at: number };

/**
 * One value of CBOR that fills the bytes to their end: counting numbers, byte strings, texts, lists, and maps whose
 * keys are such numbers, each once. Lengths are said beforehand. `undefined` for everything else. Source: RFC 8949 §3.
 */
export function readCbor(bytes: Uint8Array): Cbor | undefined {
  const reading = { bytes, at: 0 };
  const value = readItem(reading, maxDepth);
  return reading.at === bytes.length ? value : undefined;
}

function readItem(reading: Reading, depth: number): Cbor | undefined {
  const major = (reading.bytes[reading.at] ?? 0) >> 5;
  const count = readCount(reading);
  if (count === undefined || depth === 0) return undefined;
  switch (major) {
    case 0:
      return count;
    case 2:
      return readBytes(reading, count);
    case 3:
      return textOf(readBytes(reading, count));
    case 4:
      return readList(reading, count, depth - 1);
    case 5:
      return readMap(reading, count, depth - 1);
    case 6:
      return count === bytesTag ? readTagged(reading, depth - 1) : undefined;
    default:
      return undefined;
  }
}

/** The number in a head: its value, length, count or tag. Source: RFC 8949 §3. */
function readCount(reading: Reading): number | undefined {
  const short = (reading.bytes[reading.at] ?? 0x1f) & 0x1f;
  reading.at += 1;
  if (short < 24) return short;
  const size = short < 28 ? 1 << (short - 24) : 0;
  const said = readBytes(reading, size);
  if (size === 0 || said === undefined) return undefined;
  const count = said.reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(count) ? count : undefined;
}

function readBytes(reading: Reading, length: number): Uint8Array | undefined {
  const start = reading.at;
  reading.at += length;
  return reading.at <= reading.bytes.length ? reading.bytes.subarray(start, reading.at) : undefined;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array | undefined): string | undefined {
  try {
    return bytes && decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function readList(reading: Reading, length: number, depth: number): readonly Cbor[] | undefined {
  const list: Cbor[] = [];
  while (list.length < length) {
    const item = readItem(reading, depth);
    if (item === undefined) return undefined;
    list.push(item);
  }
  return list;
}

function readMap(reading: Reading, size: number, depth: number): ReadonlyMap<number, Cbor> | undefined {
  const map = new Map<number, Cbor>();
  while (map.size < size) {
    const key = readItem(reading, depth);
    const value = readItem(reading, depth);
    if (typeof key !== 'number' || value === undefined || map.has(key)) return undefined;
    map.set(key, value);
  }
  return map;
}

/** Some write byte strings as typed arrays of 8 bits. Source: RFC 8746 §2.1. */
const bytesTag = 64;

function readTagged(reading: Reading, depth: number): Uint8Array | undefined {
  const value = readItem(reading, depth);
  return value instanceof Uint8Array ? value : undefined;
}
