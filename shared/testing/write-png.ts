import { crc32 } from '../baking/crc32.ts';
import { type Bytes, concat, utf8 } from '../model/bytes.ts';

/** Writes pixels (RGBA, 8 bit, rows from the top) as PNG. Source: PNG 3rd edition §5, §11.2. */
export async function writePng(width: number, height: number, pixels: Uint8Array): Promise<Bytes> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, 6);
  return concat(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', new Uint8Array(header.buffer)),
    pngChunk('IDAT', await compressed(filtered(width, height, pixels), 'deflate')),
    pngChunk('IEND', new Uint8Array()),
  );
}

/** One chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Bytes {
  const body = concat(utf8(type), data);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, data.length);
  frame.setUint32(4, crc32(body, 0, body.length));
  const bytes = new Uint8Array(frame.buffer);
  return concat(bytes.subarray(0, 4), body, bytes.subarray(4));
}

/** Each row preceded by its filter: `Up`, which leaves zeros wherever two rows are alike. */
function filtered(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const row = width * 4;
  const result = new Uint8Array(height * (row + 1));
  for (let y = 0; y < height; y += 1) {
    result[y * (row + 1)] = 2;
    for (let x = 0; x < row; x += 1) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * row + x] ?? 0);
      result[y * (row + 1) + 1 + x] = (pixels[y * row + x] ?? 0) - above;
    }
  }
  return result;
}

/** zlib (`deflate`) or gzip bytes. */
export async function compressed(bytes: Uint8Array, format: 'deflate' | 'gzip'): Promise<Bytes> {
  const stream = new CompressionStream(format);
  const writer = stream.writable.getWriter();
  const written = writer.write(new Uint8Array(bytes)).then(() => writer.close());
  const result = new Uint8Array(await new Response(stream.readable).arrayBuffer());
  await written;
  return result;
}
