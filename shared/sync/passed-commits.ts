import type { Sha256 } from '../model/brands.ts';
import { markOf } from './record-id.ts';
import type { LogHead } from './shapes.ts';
import type { SyncTables } from './storage.ts';

/** A commit that this device's chain has passed; `id` is its number, written so that it sorts as a number does. */
export type PassedCommit = { readonly id: string; readonly h: Sha256 };

/** How many of them a device keeps, newest first: years of a learner's changes in half a megabyte. */
export const maxPassedCommits = 5_000;
/** How many marks are made at once. */
const marksAtOnce = 100;

/** Keeps commits that follow those kept so far, in the transaction that takes them into the chain. */
export async function notePassed(commits: readonly LogHead[], { passed }: SyncTables): Promise<void> {
  const old = commits.flatMap(({ n }) => (n < maxPassedCommits ? [] : [idOf(n - maxPassedCommits)]));
  await passed.remove(old);
  await passed.put(commits.map(({ n, h }) => ({ id: idOf(n), h })));
}

/** The same where what lies between is not known: from a snapshot on. */
export async function beginPassed(head: LogHead, tables: SyncTables): Promise<void> {
  await tables.passed.remove(await tables.passed.keys());
  await notePassed([head], tables);
}

/** All that is kept, oldest first and without a gap. */
export async function readPassed({ passed }: SyncTables): Promise<readonly LogHead[]> {
  const rows = await passed.list(maxPassedCommits);
  return rows.map(({ id, h }) => ({ n: Number(id), h }));
}

/** The number of the commit that a published mark was made of (design §7); `undefined` when it is none of these. */
export async function commitMarked(
  mark: string,
  blind: CryptoKey,
  commits: readonly LogHead[],
): Promise<number | undefined> {
  for (let end = commits.length; end > 0; end -= marksAtOnce) {
    const some = commits.slice(Math.max(0, end - marksAtOnce), end);
    const marks = await Promise.all(some.map(({ h }) => markOf(blind, h)));
    const found = some[marks.indexOf(mark)];
    if (found !== undefined) return found.n;
  }
  return undefined;
}

function idOf(n: number): string {
  return String(n).padStart(16, '0');
}
