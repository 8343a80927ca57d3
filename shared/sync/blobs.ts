import type { Sha256 } from '../model/brands.ts';
import { type Bytes, base64UrlOf, bytesOfBase64Url, concat } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { maxBadgeFileBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { maxContentBytes } from './sealing.ts';
import { isBase64UrlOf } from './shapes.ts';
import type { BlobPart } from './storage.ts';

/** hash 32 | part u16 | parts u16: a device that pulls a part knows where it belongs */
const headerBytes = 36;

/** Bytes of a blob that one record holds: with its header and padding it fills the largest bucket. */
export const blobPartBytes = maxContentBytes - headerBytes;

/** How a document names bytes: by their hash, with their length. */
export type BlobName = { readonly hash: Sha256; readonly length: number };

/** How many records bytes of this length take. Empty bytes take one. */
export function partCountOf(length: number): number {
  return Math.max(1, Math.ceil(length / blobPartBytes));
}

/** Bytes in the parts that they are kept and synced in. `hash`: their SHA-256. */
export function splitBlob(hash: Sha256, bytes: Uint8Array): readonly BlobPart[] {
  const parts = partCountOf(bytes.length);
  return Array.from({ length: parts }, (_, part) => ({
    id: blobPartIdOf(hash, part),
    hash,
    part,
    parts,
    bytes: bytes.slice(part * blobPartBytes, (part + 1) * blobPartBytes),
  }));
}

/** The bytes again, `undefined` while a part is missing. */
export function joinBlob(parts: readonly (BlobPart | undefined)[]): Bytes | undefined {
  const present = parts.filter((part) => part !== undefined).sort((a, b) => a.part - b.part);
  return present.length > 0 && present.length === present[0]?.parts
    ? concat(...present.map((part) => part.bytes))
    : undefined;
}

/** The key under which a device keeps a part. */
export function blobPartIdOf(hash: Sha256, part: number): string {
  return `${hash}|${part}`;
}

/** The hash in such a key. */
export function hashOfBlobPartId(id: string): string {
  return id.slice(0, id.indexOf('|'));
}

/** A part as the content of its record. */
export function contentOfBlobPart(part: BlobPart): Bytes {
  const numbers = new Uint8Array(4);
  const view = new DataView(numbers.buffer);
  view.setUint16(0, part.part);
  view.setUint16(2, part.parts);
  return concat(bytesOfBase64Url(part.hash) ?? new Uint8Array(32), numbers, part.bytes);
}

/** Reads a part out of its record. Errors: `sync-distrust` with `reason: 'cannot-open'`. */
export function parseBlobPart(content: Uint8Array): Result<BlobPart> {
  const hash = base64UrlOf(content.subarray(0, 32));
  if (content.length < headerBytes || !isHash(hash)) return cannotOpen();
  const view = new DataView(content.buffer, content.byteOffset);
  const part = view.getUint16(32);
  const parts = view.getUint16(34);
  if (part >= parts || parts > maxParts) return cannotOpen();
  return ok({ id: blobPartIdOf(hash, part), hash, part, parts, bytes: content.slice(headerBytes) });
}

function isHash(text: string): text is Sha256 {
  return isBase64UrlOf(text, 32);
}

function cannotOpen(): Result<never> {
  return failed(new BackpackError('sync-distrust', { reason: 'cannot-open' }));
}

const maxParts = partCountOf(maxBadgeFileBytes);
