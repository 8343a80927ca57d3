import {
  documentsPath,
  furtherDocumentsPath,
  pagePath,
  signArchive,
} from '../../shared/archive/archive-index.ts';
import { type ArchiveEntry, writeArchive } from '../../shared/archive/write-archive.ts';
import type { Sha256 } from '../../shared/model/brands.ts';
import { base64UrlOf, utf8 } from '../../shared/model/bytes.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { blobNamesOf } from '../../shared/sync/blob-names.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import type { AccountRows } from '../store/account-rows.ts';
import { readBlob } from '../store/badges.ts';
import type { BackpackDatabase } from '../store/database.ts';
import { fileKindOf, fileName, pictureEndingOf } from '../store/file-names.ts';
import { type KeptBadge, keptBadgeOf } from '../store/kept-badge.ts';
import { archivedAccountOf } from './restored-account.ts';

/** What an archive lacks, because it has not arrived in this browser: of so many badges the original, and other files. */
export type Exported = { readonly archive: Blob; readonly badges: number; readonly missing: number };

/**
 * Everything of the backpack in one file: a page that lists it, originals and pictures as plain files, every document, what the verdicts rest
 * on, and, sealed, what opens the account again with any of its recovery codes. Nothing is asked of anybody (threats T70).
 */
export async function exportArchive(
  rows: AccountRows,
  store: BackpackDatabase,
  clock: Clock,
  pageOf: (badges: readonly ListedBadge[]) => string,
): Promise<Exported> {
  const row = await rows.get('account');
  const pieces: BlobPart[] = [];
  const made = clock();
  const account = row === undefined ? undefined : archivedAccountOf(row);
  const count = { badges: 0, missing: 0 };
  await writeArchive(
    entriesOf(store, count, pageOf),
    account === undefined ? { made } : { made, account },
    row === undefined
      ? undefined
      : async (index) => signArchive(index, await deviceSigner(row), row.held.blind),
    (piece) => pieces.push(piece),
  );
  return { archive: new Blob(pieces, { type: 'application/zip' }), ...count };
}

/** A badge with the paths of its files in the archive. */
export type ListedBadge = { readonly kept: KeptBadge; readonly file?: string; readonly picture?: string };

async function* entriesOf(
  store: BackpackDatabase,
  count: { badges: number; missing: number },
  pageOf: (badges: readonly ListedBadge[]) => string,
): AsyncIterable<ArchiveEntry> {
  const listed: ListedBadge[] = [];
  const others = new Set<Sha256>();
  const paths = new Map<Sha256, string>();
  const freePath = freePaths();
  const documents = filesOfLines(documentsFileBytes, (number) =>
    number === 1 ? documentsPath : furtherDocumentsPath(number),
  );
  for (const id of await store.docs.keys()) {
    const doc = await store.docs.get(id);
    if (doc === undefined) continue;
    yield* documents.add(utf8(`${JSON.stringify(doc)}\n`));
    for (const hash of blobNamesOf(doc)) others.add(hash);
    const kept = keptBadgeOf(doc);
    if (kept === undefined) continue;
    count.badges += 1;
    const name = fileName(kept.badge?.achievement.name ?? kept.name ?? '');
    const original = paths.has(kept.original) ? undefined : await readBlob(kept.original, store);
    if (original !== undefined) {
      const { ending } = fileKindOf(kept.container);
      const path = freePath(`badges/${name}-${kept.original.slice(0, 8)}`, ending);
      paths.set(kept.original, path);
      yield { path, bytes: original, packed: kept.container !== 'png' };
    }
    if (!paths.has(kept.original)) count.missing += 1;
    const { picture } = kept;
    const shown =
      picture === undefined || paths.has(picture.hash) ? undefined : await readBlob(picture.hash, store);
    if (picture !== undefined && shown !== undefined) {
      const ending = pictureEndingOf(picture.mediaType);
      const path = freePath(`pictures/${name}-${picture.hash.slice(0, 8)}`, ending);
      paths.set(picture.hash, path);
      yield { path, bytes: shown };
    }
    listed.push(listedBadge(kept, paths));
  }
  yield { path: pagePath, bytes: utf8(pageOf(listed)), packed: true };
  yield documents.last();
  yield* evidenceOf(
    [...others].filter((hash) => !paths.has(hash)),
    store,
  );
}

/**
 * Gives each file a path of its own: an issuer can make two badges that are called alike and whose hashes begin alike.
 * Capitals make no difference to many a computer that the archive is unpacked on.
 */
function freePaths(): (path: string, ending: string) => string {
  const taken = new Set<string>();
  return (path, ending) => {
    let free = path + ending;
    for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${path}-${count}${ending}`;
    taken.add(free.toLowerCase());
    return free;
  };
}

function listedBadge(kept: KeptBadge, paths: ReadonlyMap<Sha256, string>): ListedBadge {
  const file = paths.get(kept.original);
  const picture = kept.picture === undefined ? undefined : paths.get(kept.picture.hash);
  return { kept, ...(file === undefined ? {} : { file }), ...(picture === undefined ? {} : { picture }) };
}

/** What the verdicts rest on, several to a file: there may be more of it than a zip file can hold files. */
async function* evidenceOf(hashes: readonly Sha256[], store: BackpackDatabase): AsyncIterable<ArchiveEntry> {
  const files = filesOfLines(
    evidenceFileBytes,
    (number) => `evidence/${String(number).padStart(4, '0')}.jsonl`,
  );
  for (const hash of hashes) {
    const bytes = await readBlob(hash, store);
    if (bytes !== undefined)
      yield* files.add(utf8(`${JSON.stringify({ hash, bytes: base64UrlOf(bytes) })}\n`));
  }
  if (!files.isEmpty()) yield files.last();
}

/** Lines in files of about so many bytes, of which `add` gives those that are full. */
function filesOfLines(most: number, pathOf: (number: number) => string) {
  let lines: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const last = (): ArchiveEntry => {
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const line of lines) {
      bytes.set(line, at);
      at += line.length;
    }
    [lines, length, number] = [[], 0, number + 1];
    return { path: pathOf(number), bytes, packed: true };
  };
  return {
    add: (line: Uint8Array): readonly ArchiveEntry[] => {
      lines.push(line);
      length += line.length;
      return length < most ? [] : [last()];
    },
    isEmpty: () => lines.length === 0,
    last,
  };
}

const evidenceFileBytes = 4 * 1024 * 1024;
/** Well below what is read at once. */
const documentsFileBytes = 64 * 1024 * 1024;
