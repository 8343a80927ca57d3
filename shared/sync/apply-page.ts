import { blobNamesOf } from './blob-names.ts';
import { exists, newestStampOf } from './doc.ts';
import { merge, sameDoc } from './merge.ts';
import { notePassed } from './passed-commits.ts';
import type { ReadPage } from './read-page.ts';
import { isStill } from './round.ts';
import type { RecordId } from './shapes.ts';
import { laterStamp } from './stamp.ts';
import type { DirtyMark, Link, RecordState, SyncTables } from './storage.ts';

/**
 * Takes a believed page in: documents merged into what is here, cursor moved on, all in the caller's one transaction, so
 * that a kill repeats the page or finds it done. A document is dirty afterwards exactly when it differs from what came.
 * `sweepAt`: when to look for bytes that nothing names, should the page have deleted some, or removed what names them: for
 * a day that can be undone.
 * Gives `false` and changes nothing when another runner has moved the cursor meanwhile.
 */
export async function applyPage(
  link: Link,
  page: ReadPage,
  sweepAt: number,
  tables: SyncTables,
): Promise<boolean> {
  const [current] = await tables.link.get(['link']);
  if (current === undefined || !(await isStill(link, tables))) return false;
  // None waits for another: the store works while the next of it is handed over. What reads before it writes goes first.
  const [removed] = await Promise.all([
    mergeDocs(page, tables),
    tables.records.put(page.states),
    notePassed(page.passed, tables),
    tables.blobs.put(page.parts),
  ]);
  const swept = await followBlobDeletions(page, tables);
  const newestStamp = page.docs.reduce(
    (newest, doc) => laterStamp(newest, newestStampOf(doc)),
    current.newestStamp,
  );
  const epochs = [...(current.epochs ?? []), ...page.epochs];
  const { known, ...kept } = current;
  // Once the log has passed through it the cursor says more.
  const isPassed = known === undefined || page.chain.head.n >= known.n;
  const next: Link = {
    ...kept,
    ...(isPassed ? {} : { known }),
    chain: page.chain,
    waiting: page.waiting,
    newestStamp,
    ...(epochs.length === 0 ? {} : { epochs }),
    ...(page.rejoined === undefined ? {} : { rejoined: page.rejoined }),
    ...(page.logEnd === undefined ? {} : { logEnd: page.logEnd }),
  };
  const due = removed ? sweepAt : swept ? (current.sweepAt ?? sweepAt) : current.sweepAt;
  await tables.link.put([due === undefined ? next : { ...next, sweepAt: due }]);
  return true;
}

/** Gives whether something that was here is removed by it. */
async function mergeDocs(page: ReadPage, tables: SyncTables): Promise<boolean> {
  const locals = await tables.docs.get(page.docs.map((doc) => doc.id));
  const merged = page.docs.map((doc, index) => {
    const local = locals[index];
    return local === undefined ? doc : merge(local, doc);
  });
  const differs = merged.map((doc, index) => {
    const pulled = page.docs[index];
    return pulled === undefined || (doc !== pulled && !sameDoc(doc, pulled));
  });
  await tables.docs.put(merged);
  await tables.dirty.remove(merged.filter((_, index) => differs[index] === false).map((doc) => doc.id));
  const mark = markOfMerge(page);
  await tables.dirty.put(
    merged.filter((_, index) => differs[index] === true).map((doc) => ({ id: doc.id, mark })),
  );
  return merged.some((doc, index) => {
    const local = locals[index];
    return !exists(doc) && local !== undefined && exists(local);
  });
}

/**
 * Bytes that another device deleted stay until this device's next sweep. A document here that still names them becomes
 * dirty: pushing it puts them back from this device's copy (design §4). Gives whether anything was deleted.
 */
async function followBlobDeletions(page: ReadPage, tables: SyncTables): Promise<boolean> {
  const gone = new Set(
    page.states.flatMap(({ len, blob }) => (len === 0 && blob !== undefined ? [blob] : [])),
  );
  if (gone.size === 0) return false;
  const mark = markOfMerge(page);
  const naming: DirtyMark[] = [];
  await tables.docs.each((doc) => {
    if (exists(doc) && blobNamesOf(doc).some((hash) => gone.has(hash))) naming.push({ id: doc.id, mark });
  });
  await tables.dirty.put(naming);
  return true;
}

function markOfMerge(page: ReadPage): string {
  return `merge|${page.chain.head.n}`;
}

/** The states of these records as stored, for `readPage`. */
export async function statesOf(
  ids: readonly RecordId[],
  tables: SyncTables,
): Promise<ReadonlyMap<RecordId, RecordState>> {
  const rows = await tables.records.get(ids);
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row]])));
}

/** The states of all records. */
export async function allStates(tables: SyncTables): Promise<ReadonlyMap<RecordId, RecordState>> {
  const states = new Map<RecordId, RecordState>();
  await tables.records.each((state) => {
    states.set(state.id, state);
  });
  return states;
}
