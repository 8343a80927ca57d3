import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { ErrorCode } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';

/**
 * Reads a body to its end within `maxBytes`, before and after decompression: a bomb is cut where it passes the
 * ceiling, so at most one chunk more than `maxBytes` is ever held.
 * Errors: `offer-too-large`, `offer-unreachable` (an encoding that was not asked for and is not known).
 * Throws what the stream throws.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Result<Uint8Array, ErrorCode>> {
  const decoder = decoderOf(encoding);
  if (decoder === 'unknown') {
    body.on('error', () => undefined).destroy();
    return failed('offer-unreachable');
  }
  // Packed emptiness is endless and unpacks to nothing.
  let came = 0;
  if (decoder !== undefined)
    body.on('data', (chunk: Uint8Array) => {
      came += chunk.length;
      if (came > maxBytes) body.destroy(new Error('packed beyond its ceiling'));
    });
  const plain =
    decoder === undefined ? body : body.on('error', (error) => decoder.destroy(error)).pipe(decoder);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of plain as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > maxBytes) return failed('offer-too-large');
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (came > maxBytes) return failed('offer-too-large');
    throw thrown;
  } finally {
    body.on('error', () => undefined).destroy();
    decoder?.destroy();
  }
  return ok(new Uint8Array(Buffer.concat(chunks, length)));
}

function decoderOf(encoding: string | undefined) {
  // Small chunks, so that a bomb never gets far beyond the ceiling.
  const options = { chunkSize: 64 * 1024 };
  switch ((encoding ?? '').trim().toLowerCase()) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip(options);
    case 'deflate':
      return createInflate(options);
    case 'br':
      return createBrotliDecompress(options);
    default:
      return 'unknown';
  }
}
