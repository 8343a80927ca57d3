import type { Sha256 } from '../model/brands.ts';
import { bytesOfBase64Url, sha256Of } from '../model/bytes.ts';
import type { CommitOf, RecordEntry } from './commit.ts';

/** What a snapshot commit says of all records together. */
export type Snapshot = CommitOf<'snapshot'>['snap'];

/** After so many commits since the last one a device writes a snapshot (design §8). */
export const commitsPerSnapshot = 1000;

/**
 * The snapshot of these records, whatever their order: how many, and SHA-256 over the hash of the newest key commit and
 * then, in the order of their ids as text, each record's id (32 bytes), rev (u64), hash (32) and length (u32). So it
 * names who may write as well as what was written, and nobody can start from it with a device left enrolled that was
 * removed before. Deleted blobs are among them: their revisions go on. Source: design §8.
 */
export async function snapshotOf(keyHead: Sha256, records: Iterable<RecordEntry>): Promise<Snapshot> {
  const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  const list = new Uint8Array(hashBytes + sorted.length * entryBytes);
  const view = new DataView(list.buffer);
  const setHash = (hash: Sha256, offset: number): void => list.set(bytesOfBase64Url(hash) ?? [], offset);
  setHash(keyHead, 0);
  sorted.forEach(({ id, rev, h, len }, index) => {
    const offset = hashBytes + index * entryBytes;
    setHash(id, offset);
    view.setBigUint64(offset + hashBytes, BigInt(rev));
    setHash(h, offset + hashBytes + 8);
    view.setUint32(offset + 2 * hashBytes + 8, len);
  });
  return { count: sorted.length, h: await sha256Of(list) };
}

/** True when both say the same. */
export function sameSnapshot(a: Snapshot, b: Snapshot): boolean {
  return a.count === b.count && a.h === b.h;
}

const hashBytes = 32;
const entryBytes = 2 * hashBytes + 12;
