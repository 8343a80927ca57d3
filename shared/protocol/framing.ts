import { type Bytes, concat } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';

/** Joins parts into one body: each after its length as u32, big-endian. */
export function joinParts(parts: readonly Uint8Array[]): Bytes {
  return concat(...parts.flatMap((part) => [lengthPrefixOf(part), part]));
}

/**
 * Takes a body of parts apart, without copying. At most `maxParts`; nothing may follow the last.
 * Errors: `malformed-request`.
 */
export function splitParts(body: Uint8Array, maxParts: number): Result<readonly Uint8Array[]> {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const parts: Uint8Array[] = [];
  let offset = 0;
  while (offset < body.length) {
    if (parts.length === maxParts || body.length - offset < 4) return malformed();
    const length = view.getUint32(offset);
    if (length > body.length - offset - 4) return malformed();
    parts.push(body.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return ok(parts);
}

function lengthPrefixOf(part: Uint8Array): Uint8Array {
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, part.length);
  return prefix;
}

function malformed(): Result<never> {
  return failed(new BackpackError('malformed-request', { member: 'parts' }));
}
