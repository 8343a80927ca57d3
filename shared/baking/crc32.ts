/** What a byte does to the checksum. */
const ofByte = new Int32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  ofByte[byte] = value;
}

/**
 * What a word does to the checksum sixteen bytes further on: three tables in a row, of its lowest eleven bits, the next
 * eleven and the other ten. Eleven, not eight: a look-up less for each word, and all of it still lies in the nearest cache.
 */
const sixteenOn = new Int32Array(3 << 11);
const nothing = new Uint8Array(16);
for (let bit = 0; bit < 32; bit += 1) {
  const alone = afterBytes(1 << bit, nothing, 0, nothing.length);
  const first = Math.floor(bit / 11) << 11;
  const value = 1 << (bit % 11);
  // Each number whose highest bit this is does what the bit does, and what the rest of it does.
  for (let index = first; index < first + value; index += 1)
    sixteenOn[index + value] = alone ^ (sixteenOn[index] ?? 0);
}

/**
 * CRC-32 of `bytes[from, to)` as PNG wants it. Every fourth word is taken by itself, so that none waits for the one
 * before it: a byte at a time costs five times as much.
 * Source: PNG 3rd edition, Annex D.
 */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = -1;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let index = from;
  for (; index + 32 <= to; index += 16) {
    crc = afterWord(crc ^ view.getInt32(index, true));
    second = afterWord(second ^ view.getInt32(index + 4, true));
    third = afterWord(third ^ view.getInt32(index + 8, true));
    fourth = afterWord(fourth ^ view.getInt32(index + 12, true));
  }
  // The four are one again once each has met the word that it stands before.
  if (index > from)
    for (const met of [second, third, fourth]) {
      crc = afterBytes(crc, bytes, index, index + 4) ^ met;
      index += 4;
    }
  return ~afterBytes(crc, bytes, index, to) >>> 0;
}

function afterBytes(before: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = before;
  for (let index = from; index < to; index += 1)
    crc = (crc >>> 8) ^ (ofByte[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  return crc;
}

function afterWord(word: number): number {
  return (
    (sixteenOn[word & 0x7ff] ?? 0) ^
    (sixteenOn[0x800 + ((word >>> 11) & 0x7ff)] ?? 0) ^
    (sixteenOn[0x1000 + (word >>> 22)] ?? 0)
  );
}
