import type { ArchiveFile, ArchiveSignature } from '../../shared/archive/archive-index.ts';
import { evidenceIn, type ReadArchive, readArchive } from '../../shared/archive/read-archive.ts';
import { sourceOf } from '../../shared/archive/zip-directory.ts';
import type { Snapshot, SnapshotDocument } from '../../shared/model/badge.ts';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { ok, type Result } from '../../shared/model/result.ts';
import { snapshotFetcher } from '../../shared/verify/snapshot.ts';
import { type Told, toldOf } from '../../shared/verify/told.ts';
import { type Verification, verifyBadge } from '../../shared/verify/verify-badge.ts';
import { type KeptSnapshot, keptBadgeOf } from '../store/kept-badge.ts';

/** A badge of an archive as it was checked just now, and what of that convinces a stranger. */
export type CheckedBadge = {
  readonly path: string;
  readonly verification: Verification;
  readonly told: Told;
  /** when the answers that it rests on were given; absent where the badge itself says all */
  readonly recorded?: Instant;
};

export type CheckedArchive = {
  readonly made: Instant;
  readonly files: number;
  readonly signature?: ArchiveSignature;
  readonly badges: readonly CheckedBadge[];
};

/**
 * Holds every file of an archive against its index, and verifies every badge in it by what the archive itself holds:
 * nobody is asked. What rests on saved answers is told as recorded (threats T72). `tell`: badges done, of how many.
 * Errors: `not-an-archive`, `archive-changed` with the `member` at fault.
 */
export async function checkArchive(
  file: Blob,
  clock: Clock,
  tell: (done: number, of: number) => void,
): Promise<Result<CheckedArchive>> {
  const read = await readArchive(sourceOf(file));
  if (!read.ok) return read;
  const archive = read.value;
  const { files, made } = archive.index;
  const documents = await documentsOf(archive);
  if (!documents.ok) return documents;
  const snapshots = new Map<Sha256, KeptSnapshot>();
  for (const doc of archive.docs) {
    const kept = keptBadgeOf(doc);
    if (kept !== undefined) snapshots.set(kept.original, kept.snapshot);
  }
  const originals = files.filter(isBadge);
  const badges: CheckedBadge[] = [];
  for (const { path, hash } of originals) {
    tell(badges.length, originals.length);
    const bytes = await archive.read(path);
    if (!bytes.ok) return bytes;
    const snapshot = snapshotOf(snapshots.get(hash as Sha256), documents.value, made);
    const verification = await verifyBadge(
      { kind: 'bytes', bytes: bytes.value },
      {},
      { fetch: snapshotFetcher(snapshot), clock },
    );
    const told = toldOf(verification, true);
    const recorded = told.standing === 'recorded' ? { recorded: snapshot.taken } : {};
    badges.push({ path, verification, told, ...recorded });
  }
  const { signature } = archive;
  return ok({ made, files: files.length, badges, ...(signature === undefined ? {} : { signature }) });
}

/** Reads every file, and keeps those that a verdict may rest on. */
async function documentsOf(archive: ReadArchive): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const documents = new Map<string, Uint8Array>();
  for (const file of archive.index.files) {
    const bytes = await archive.read(file.path);
    if (!bytes.ok) return bytes;
    if (isBadge(file)) documents.set(file.hash, bytes.value);
    if (!file.path.startsWith('evidence/')) continue;
    const found = evidenceIn(file.path, bytes.value);
    if (!found.ok) return found;
    for (const document of found.value) documents.set(await sha256Of(document), document);
  }
  return ok(documents);
}

function snapshotOf(
  kept: KeptSnapshot | undefined,
  documents: ReadonlyMap<string, Uint8Array>,
  made: Instant,
): Snapshot {
  const there = (kept?.documents ?? []).flatMap((named): readonly SnapshotDocument[] => {
    const bytes = documents.get(named.hash);
    return bytes === undefined ? [] : [{ ...named, bytes }];
  });
  return { taken: kept?.taken ?? made, documents: there };
}

const isBadge = ({ path }: ArchiveFile): boolean => path.startsWith('badges/');
