import { textOf } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { inflateBounded } from '../model/inflate.ts';
import { maxArchiveFiles } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';

/** A file that can be read in parts, as a browser's `Blob` can: bytes from `start` up to `end`. */
export type ArchiveSource = {
  readonly size: number;
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
};

/** A file that somebody chose, or that is in memory. `read` throws `file-unreadable` where it is gone meanwhile. */
export function sourceOf(file: Blob): ArchiveSource {
  return {
    size: file.size,
    read: async (start, end) => {
      try {
        return new Uint8Array(await file.slice(start, end).arrayBuffer());
      } catch (thrown) {
        throw new BackpackError('file-unreadable', {}, thrown);
      }
    },
  };
}

/** Where a file lies in a zip file. */
export type ZipFile = {
  readonly path: string;
  readonly length: number;
  readonly packedLength: number;
  readonly isPacked: boolean;
  readonly at: number;
};

/**
 * The files of a zip file, by its directory at the end; their data are not looked at. No files of four gigabytes and
 * more, no encryption, no method but stored and deflated. Source: APPNOTE 6.3.10 §4.3. Errors: `not-an-archive`.
 */
export async function readZipDirectory(source: ArchiveSource): Promise<Result<readonly ZipFile[]>> {
  const tail = viewOf(await source.read(Math.max(0, source.size - endSearchBytes), source.size));
  const end = lastEndRecord(tail);
  if (end === undefined) return refused('directory');
  const count = tail.getUint16(end + 10, true);
  const length = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  // The index and its signature are files too.
  if (count > maxArchiveFiles + 2 || start + length > source.size) return refused('directory');
  const view = viewOf(await source.read(start, start + length));
  const files = new Map<string, ZipFile>();
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + entryBytes > view.byteLength || view.getUint32(at, true) !== entrySignature)
      return refused('directory');
    const next =
      at +
      entryBytes +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
    const name = at + entryBytes;
    if (next > view.byteLength) return refused('directory');
    const path = textOf(bytesOf(view, name, name + view.getUint16(at + 28, true)));
    const method = view.getUint16(at + 10, true);
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
    if (path === undefined || files.has(path) || isEncrypted || (method !== 0 && method !== 8))
      return refused('entry');
    files.set(path, {
      path,
      packedLength: view.getUint32(at + 20, true),
      length: view.getUint32(at + 24, true),
      isPacked: method === 8,
      at: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return ok([...files.values()]);
}

/**
 * The bytes of one file, at most `maxBytes`: what inflates to more than it said is stopped on the way.
 * Errors: `not-an-archive`.
 */
export async function readZipFile(
  file: ZipFile,
  source: ArchiveSource,
  maxBytes: number,
): Promise<Result<Uint8Array>> {
  if (file.length > maxBytes || file.packedLength > maxBytes + slackBytes) return refused(file.path);
  const header = viewOf(await source.read(file.at, file.at + headerBytes));
  if (header.byteLength < headerBytes || header.getUint32(0, true) !== headerSignature)
    return refused(file.path);
  const start = file.at + headerBytes + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = await source.read(start, start + file.packedLength);
  if (packed.length !== file.packedLength) return refused(file.path);
  if (!file.isPacked) return packed.length === file.length ? ok(packed) : refused(file.path);
  const inflated = await inflateBounded(packed, 'deflate-raw', file.length);
  return inflated.ok && inflated.bytes.length === file.length ? ok(inflated.bytes) : refused(file.path);
}

function lastEndRecord(tail: DataView): number | undefined {
  for (let at = tail.byteLength - endBytes; at >= 0; at -= 1)
    if (tail.getUint32(at, true) === endSignature) return at;
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView, start: number, end: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, end - start);
}

function refused(member: string): Result<never> {
  return failed(new BackpackError('not-an-archive', { member: member.slice(0, 100) }));
}

const headerSignature = 0x04034b50;
const entrySignature = 0x02014b50;
const endSignature = 0x06054b50;
const headerBytes = 30;
const entryBytes = 46;
const endBytes = 22;
/** The end record may be followed by a comment of up to 65,535 bytes. */
const endSearchBytes = endBytes + 65_535;
/** Deflated data may be a little longer than what they hold. */
const slackBytes = 1024;
