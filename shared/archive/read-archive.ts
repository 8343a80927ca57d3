import { bytesOfBase64Url, sha256Of, textOf } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { parseJsonObject } from '../model/json.ts';
import { maxArchiveListBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type Doc, parseDoc } from '../sync/doc.ts';
import {
  type ArchiveIndex,
  type ArchiveSignature,
  documentsPath,
  furtherDocumentsPath,
  indexPath,
  parseArchiveIndex,
  readArchiveSignature,
  signaturePath,
} from './archive-index.ts';
import { type ArchiveSource, readZipDirectory, readZipFile, type ZipFile } from './zip-directory.ts';

/** An archive that holds exactly the files of its index. Their bytes are held against it when they are read. */
export type ReadArchive = {
  readonly index: ArchiveIndex;
  /** absent where no device stands for it */
  readonly signature?: ArchiveSignature;
  readonly docs: readonly Doc[];
  /** The bytes of a file. Errors: `not-an-archive`, `archive-changed`. */
  readonly read: (path: string) => Promise<Result<Uint8Array>>;
};

/**
 * Reads what an archive says of itself: index, signature, documents.
 * Errors: `not-an-archive`, `archive-changed` with the `member` at fault.
 */
export async function readArchive(source: ArchiveSource): Promise<Result<ReadArchive>> {
  const directory = await readZipDirectory(source);
  if (!directory.ok) return directory;
  const files = new Map(directory.value.map((file) => [file.path, file]));
  const own = (path: string): Promise<Result<Uint8Array>> => readOwn(files.get(path), path, source);
  const indexBytes = await own(indexPath);
  if (!indexBytes.ok) return indexBytes;
  const index = parseArchiveIndex(indexBytes.value);
  if (!index.ok) return index;
  const named = new Map(index.value.files.map((file) => [file.path, file]));
  const stray = [...files.keys()].find((path) => !named.has(path) && !ownPaths.includes(path));
  const lacking = [...named.keys()].find((path) => !files.has(path));
  const differing = stray ?? lacking;
  if (differing !== undefined) return changed(differing);
  const token = files.has(signaturePath) ? await own(signaturePath) : undefined;
  if (token?.ok === false) return token;
  const signature =
    token === undefined ? undefined : await readArchiveSignature(textOf(token.value) ?? '', indexBytes.value);
  if (signature?.ok === false) return signature;

  const read = async (path: string): Promise<Result<Uint8Array>> => {
    const [entry, file] = [named.get(path), files.get(path)];
    if (entry === undefined || file === undefined || file.length !== entry.length) return changed(path);
    const bytes = await readZipFile(file, source, entry.length);
    if (!bytes.ok) return bytes;
    return (await sha256Of(bytes.value)) === entry.hash ? bytes : changed(path);
  };
  const docs: Doc[] = [];
  for (let number = 1, path = documentsPath; number === 1 || named.has(path); ) {
    const documents = await read(path);
    const some = documents.ok ? docsOf(path, documents.value) : documents;
    if (!some.ok) return some;
    for (const doc of some.value) docs.push(doc);
    number += 1;
    path = furtherDocumentsPath(number);
  }
  const archive = { index: index.value, docs, read };
  return ok(signature === undefined ? archive : { ...archive, signature: signature.value });
}

async function readOwn(
  file: ZipFile | undefined,
  path: string,
  source: ArchiveSource,
): Promise<Result<Uint8Array>> {
  if (file === undefined) return failed(new BackpackError('not-an-archive', { member: path }));
  return readZipFile(file, source, maxArchiveListBytes);
}

function docsOf(path: string, bytes: Uint8Array): Result<readonly Doc[]> {
  const docs: Doc[] = [];
  for (const line of linesOf(bytes)) {
    const doc = parseDoc(line);
    if (!doc.ok) return changed(path);
    docs.push(doc.value);
  }
  return ok(docs);
}

/** The lines of a text without copying it. */
function* linesOf(bytes: Uint8Array): Iterable<Uint8Array> {
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(lineFeed, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start) yield bytes.subarray(start, stop);
    start = stop + 1;
  }
}

/** The documents of a file of evidence, in their order. Errors: `archive-changed`. */
export function evidenceIn(path: string, bytes: Uint8Array): Result<readonly Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const line of linesOf(bytes)) {
    const json = parseJsonObject(line);
    const text = json.ok ? json.value['bytes'] : undefined;
    const document = typeof text === 'string' ? bytesOfBase64Url(text) : undefined;
    if (document === undefined) return changed(path);
    found.push(document);
  }
  return ok(found);
}

function changed(member: string): Result<never> {
  return failed(new BackpackError('archive-changed', { member: member.slice(0, 100) }));
}

const ownPaths: readonly string[] = [indexPath, signaturePath];
const lineFeed = 10;
