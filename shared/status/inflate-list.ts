import type { Bytes } from '../model/bytes.ts';

/** Largest list after decompression: 128 million entries. */
export const maxListBytes = 16 * 1024 * 1024;

export type Inflated =
  | { readonly ok: true; readonly bits: Bytes }
  | { readonly ok: false; readonly why: 'too-large' | 'not-gzip' };

/**
 * Unpacks a gzip stream and stops at `limit` bytes, so that a bomb of a few kilobytes never fills the memory
 * (threat T44). Source: BSL §3.3 (bitstring expansion).
 */
export async function inflateList(packed: Bytes, limit: number = maxListBytes): Promise<Inflated> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > limit) {
        await reader.cancel();
        return { ok: false, why: 'too-large' };
      }
      chunks.push(value);
    }
  } catch {
    return { ok: false, why: 'not-gzip' };
  }
  const bits = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bits.set(chunk, offset);
    offset += chunk.length;
  }
  return { ok: true, bits };
}
