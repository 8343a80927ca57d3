/** One chunk's place in the file: `start` is its length field, data lies in `[dataStart, dataEnd)`, `end` follows the CRC. */
export type PngChunk = {
  readonly type: string;
  readonly start: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly end: number;
};

/** `ended`: a complete IEND was met; else the file is cut off or damaged after the last chunk listed. */
export type PngChunks = { readonly chunks: readonly PngChunk[]; readonly ended: boolean };

/** Most chunks that are walked over; real pictures of the allowed size stay far below. */
export const maxPngChunks = 10_000;

/**
 * Lists the chunks of a PNG by walking from length to length: no pixel is decoded, nothing is copied.
 * Stops at IEND (what follows it belongs to nobody), at the first chunk that does not fit, and at `maxPngChunks`.
 * Source: PNG 3rd edition §5.3.
 */
export function pngChunksOf(bytes: Uint8Array): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let start = 8;
  while (start + 12 <= bytes.length && chunks.length < maxPngChunks) {
    const length = view.getUint32(start);
    const dataStart = start + 8;
    const end = dataStart + length + 4;
    if (length > 0x7fffffff || end > bytes.length) return { chunks, ended: false };
    const type = String.fromCharCode(...bytes.subarray(start + 4, dataStart));
    chunks.push({ type, start, dataStart, dataEnd: end - 4, end });
    if (type === 'IEND') return { chunks, ended: true };
    start = end;
  }
  return { chunks, ended: false };
}

/** The CRC that the chunk carries. */
export function storedCrcOf(bytes: Uint8Array, chunk: PngChunk): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(chunk.dataEnd);
}

/** Width and height that a PNG's header names; `undefined` when it does not begin with one. */
export function pngSizeOf(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  const header = pngChunksOf(bytes.subarray(0, 33)).chunks[0];
  if (header?.type !== 'IHDR' || header.dataEnd - header.dataStart !== 13) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(header.dataStart), height: view.getUint32(header.dataStart + 4) };
}
