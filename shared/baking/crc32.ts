/** Sixteen tables in a row: the k-th says what a byte does to the checksum when k more bytes follow it. */
const tables = new Int32Array(16 * 256);
for (let byte = 0; byte < 256; byte += 1) {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  tables[byte] = value;
}
for (let index = 256; index < tables.length; index += 1) {
  const before = tables[index - 256] ?? 0;
  tables[index] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
}

const isLittleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/**
 * CRC-32 of `bytes[from, to)` as PNG wants it, four words at a step: a byte at a time costs four times as much.
 * Source: PNG 3rd edition, Annex D.
 */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  // Where a word begins in memory: only there can words be read as such.
  const start = from + (-(bytes.byteOffset + from) & 3);
  const steps = isLittleEndian ? (to - start) >> 4 : 0;
  if (steps < 1) return ~afterBytes(-1, bytes, from, to) >>> 0;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, 4 * steps);
  const crc = afterWords(afterBytes(-1, bytes, from, start), words);
  return ~afterBytes(crc, bytes, start + 16 * steps, to) >>> 0;
}

function afterBytes(before: number, bytes: Uint8Array, from: number, to: number): number {
  let crc = before;
  for (let index = from; index < to; index += 1)
    crc = (crc >>> 8) ^ (tables[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  return crc;
}

function afterWords(before: number, words: Int32Array): number {
  let crc = before;
  for (let index = 0; index < words.length; index += 4)
    // What does not wait for the step before stands first.
    crc =
      ofFour(words[index + 3] ?? 0, 0) ^
      ofFour(words[index + 2] ?? 0, 4) ^
      ofFour(words[index + 1] ?? 0, 8) ^
      ofFour((words[index] ?? 0) ^ crc, 12);
  return crc;
}

/** What four bytes, the first lowest, do to the checksum when `more` follow them. */
function ofFour(bytes: number, more: number): number {
  const last = more << 8;
  return (
    (tables[last + 0x300 + (bytes & 0xff)] ?? 0) ^
    (tables[last + 0x200 + ((bytes >>> 8) & 0xff)] ?? 0) ^
    ((tables[last + 0x100 + ((bytes >>> 16) & 0xff)] ?? 0) ^ (tables[last + (bytes >>> 24)] ?? 0))
  );
}
