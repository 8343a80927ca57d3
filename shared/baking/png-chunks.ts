/** A textual chunk's place in the file: `start` is its length field, data lies in `[dataStart, dataEnd)`, `end` follows the CRC. */
export type PngChunk = {
  readonly type: 'iTXt' | 'tEXt' | 'zTXt';
  readonly start: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly end: number;
};

export type PngChunks = {
  /** the chunks that can hold a badge, in the order of the file */
  readonly texts: readonly PngChunk[];
  /** where the first chunk of pixels begins; absent when there is none behind a header */
  readonly pixelsAt?: number | undefined;
  /** where a complete IEND ends; absent when the file is cut off or damaged */
  readonly endsAt?: number | undefined;
};

/** Most chunks that are walked over; real pictures of the allowed size stay far below. */
export const maxPngChunks = 10_000;

/** The eight bytes before the first chunk, as two big-endian numbers. */
const signature = [0x89504e47, 0x0d0a1a0a] as const;
/** Types of chunks as the big-endian number that stands in the file. */
const header = 0x49484452;
const pixels = 0x49444154;
const endMark = 0x49454e44;
const textTypes: ReadonlyMap<number, PngChunk['type']> = new Map([
  [0x69545874, 'iTXt'],
  [0x74455874, 'tEXt'],
  [0x7a545874, 'zTXt'],
]);

/**
 * Walks a PNG from length to length: no pixel is decoded, nothing is copied, and only textual chunks become objects.
 * Stops at IEND (what follows it belongs to nobody), at the first chunk that does not fit, and at `maxPngChunks`; finds
 * nothing in what is no PNG. `until`: stops already at the first chunk of pixels.
 * Source: PNG 3rd edition §5.3.
 */
export function pngChunksOf(bytes: Uint8Array, until: 'pixels' | 'end' = 'end'): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: PngChunk[] = [];
  let pixelsAt: number | undefined;
  let endsAt: number | undefined;
  let start = 8;
  if (bytes.length < 16 || view.getUint32(0) !== signature[0] || view.getUint32(4) !== signature[1])
    return { texts };
  const headed = view.getUint32(12) === header;
  for (let count = 0; start + 12 <= bytes.length && count < maxPngChunks; count += 1) {
    const end = start + view.getUint32(start) + 12;
    if (end > bytes.length) break;
    const type = view.getUint32(start + 4);
    if (type === pixels) {
      if (headed) pixelsAt ??= start;
      if (until === 'pixels') break;
    } else if (type === endMark) {
      endsAt = end;
      break;
    } else {
      const text = textTypes.get(type);
      if (text !== undefined) texts.push({ type: text, start, dataStart: start + 8, dataEnd: end - 4, end });
    }
    start = end;
  }
  return { texts, pixelsAt, endsAt };
}

/** The CRC that the chunk carries. */
export function storedCrcOf(bytes: Uint8Array, chunk: PngChunk): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(chunk.dataEnd);
}

/** Width and height that a PNG's header names; `undefined` when it does not begin with one. */
export function pngSizeOf(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  if (bytes.length < 33) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== header) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
