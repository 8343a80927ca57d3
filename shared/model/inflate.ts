import { type Bytes, concat } from './bytes.ts';

/**
 * Slices in which compressed bytes are fed. Chromium inflates a whole written chunk before it listens to
 * back pressure; a slice of 1 KiB can grow to at most 1 MiB (deflate's limit is 1,032 to 1).
 */
const sliceBytes = 1024;

export type Inflated =
  | { readonly ok: true; readonly bytes: Bytes }
  | { readonly ok: false; readonly why: 'too-large' | 'damaged' };

/**
 * Inflates zlib (`deflate`), gzip or bare (`deflate-raw`) bytes, at most `maxBytes` of them: the rest of a bomb is never inflated
 * (threats T44, T45).
 */
export async function inflateBounded(
  compressed: Uint8Array,
  format: 'deflate' | 'deflate-raw' | 'gzip',
  maxBytes: number,
): Promise<Inflated> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const writing = writeSlices(writer, compressed);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > maxBytes) {
        await reader.cancel();
        await writing;
        return { ok: false, why: 'too-large' };
      }
      parts.push(value);
    }
  } catch {
    // A damaged stream ends the reader with an error whose text differs by engine: it is just damaged.
    await writing;
    return { ok: false, why: 'damaged' };
  }
  return (await writing) ? { ok: true, bytes: concat(...parts) } : { ok: false, why: 'damaged' };
}

/** True when everything was taken; a stream that broke says so to the reader as well. */
async function writeSlices(
  writer: WritableStreamDefaultWriter<BufferSource>,
  compressed: Uint8Array,
): Promise<boolean> {
  try {
    for (let from = 0; from < compressed.length; from += sliceBytes)
      await writer.write(compressed.slice(from, from + sliceBytes));
    await writer.close();
    return true;
  } catch {
    return false;
  }
}
