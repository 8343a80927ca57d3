import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Instant } from '../model/brands.ts';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { maxArchiveBytes, maxArchiveFiles, maxArchiveListBytes } from '../model/limits.ts';
import {
  type ArchivedAccount,
  type ArchiveFile,
  type ArchiveIndex,
  indexPath,
  signaturePath,
} from './archive-index.ts';

/** One file of an archive. `packed`: text that is worth compressing. */
export type ArchiveEntry = {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly packed?: boolean;
};

/**
 * Writes an archive as a zip file, handing it over in pieces as they come, so that no more than one file is in memory.
 * `sign` is given the bytes of the index; without it the archive is nobody's word. What nobody could read back is not
 * written: throws `archive-too-large` beyond what a zip file can count. `most`: the bytes of it.
 */
export async function writeArchive(
  entries: AsyncIterable<ArchiveEntry>,
  about: { readonly made: Instant; readonly account?: ArchivedAccount },
  sign: ((index: Uint8Array) => Promise<string>) | undefined,
  take: (piece: Uint8Array<ArrayBuffer>) => void,
  most = maxArchiveBytes,
): Promise<ArchiveIndex> {
  let written = 0;
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    written += piece.length;
    if (written > most) throw new BackpackError('archive-too-large');
    take(new Uint8Array(piece));
  });
  const files: ArchiveFile[] = [];
  for await (const entry of entries) {
    const isTooMuch = files.length >= maxArchiveFiles || entry.bytes.length > maxArchiveListBytes;
    if (isTooMuch) throw new BackpackError('archive-too-large');
    files.push({ path: entry.path, hash: await sha256Of(entry.bytes), length: entry.bytes.length });
    add(zip, entry, about.made);
  }
  const index: ArchiveIndex = { v: 1, ...about, files };
  const bytes = utf8(JSON.stringify(index));
  add(zip, { path: indexPath, bytes, packed: true }, about.made);
  if (sign !== undefined) add(zip, { path: signaturePath, bytes: utf8(await sign(bytes)) }, about.made);
  zip.end();
  return index;
}

function add(zip: Zip, { path, bytes, packed = false }: ArchiveEntry, made: Instant): void {
  const file = packed ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path);
  file.mtime = timeIn(made);
  zip.add(file);
  file.push(bytes, true);
}

/** A zip file knows no time before 1980, nor after 2099; a clock that shows one holds no archive up. */
function timeIn(made: Instant): string {
  return made < earliest ? earliest : made > latest ? latest : made;
}

const earliest = '1980-01-02T00:00:00.000Z';
const latest = '2099-12-30T00:00:00.000Z';
