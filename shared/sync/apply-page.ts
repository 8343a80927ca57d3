import type { Sha256 } from '../model/brands.ts';
import { blobNamesOf } from './blob-names.ts';
import { blobPartIdOf, partCountOf } from './blobs.ts';
import { exists, newestStampOf } from './doc.ts';
import { merge, sameDoc } from './merge.ts';
import type { ReadPage } from './read-page.ts';
import type { RecordId } from './shapes.ts';
import { laterStamp } from './stamp.ts';
import type { Link, RecordState, SyncTables } from './storage.ts';

/**
 * Takes a believed page in: documents merged into what is here, cursor moved on, all in the caller's one transaction, so
 * that a kill repeats the page or finds it done. A document is dirty afterwards exactly when it differs from what came.
 * Gives `false` and changes nothing when another runner has moved the cursor meanwhile.
 */
export async function applyPage(link: Link, page: ReadPage, tables: SyncTables): Promise<boolean> {
  const [current] = await tables.link.get(['link']);
  if (current?.chain?.head.h !== link.chain?.head.h || current?.acct !== link.acct) return false;
  const states = await statesWithBlobs(page.states, tables);
  await mergeDocs(page, tables);
  await tables.blobs.put(page.parts);
  await tables.records.put(states);
  await followBlobDeletions(states, page, tables);
  const newestStamp = page.docs.reduce(
    (newest, doc) => laterStamp(newest, newestStampOf(doc)),
    current.newestStamp,
  );
  await tables.link.put([{ ...current, chain: page.chain, waiting: page.waiting, newestStamp }]);
  return true;
}

async function mergeDocs(page: ReadPage, tables: SyncTables): Promise<void> {
  const locals = await tables.docs.get(page.docs.map((doc) => doc.id));
  const merged = page.docs.map((doc, index) => {
    const local = locals[index];
    return local === undefined ? doc : merge(local, doc);
  });
  const differs = merged.map((doc, index) => {
    const pulled = page.docs[index];
    return pulled === undefined || !sameDoc(doc, pulled);
  });
  await tables.docs.put(merged);
  await tables.dirty.remove(merged.filter((_, index) => differs[index] === false).map((doc) => doc.id));
  const mark = markOfMerge(page);
  await tables.dirty.put(
    merged.filter((_, index) => differs[index] === true).map((doc) => ({ id: doc.id, mark })),
  );
}

/** A deletion does not say what the record was; this device remembers it from the version before. */
async function statesWithBlobs(
  states: readonly RecordState[],
  tables: SyncTables,
): Promise<readonly RecordState[]> {
  const before = await tables.records.get(states.map((state) => state.id));
  return states.map((state, index) => {
    const blob = state.blob ?? before[index]?.blob;
    return blob === undefined ? state : { ...state, blob };
  });
}

/**
 * Bytes that another device deleted go here too, unless a document here still names them: that document becomes dirty,
 * and pushing it puts the bytes back from this device's copy (design §4).
 */
async function followBlobDeletions(
  states: readonly RecordState[],
  page: ReadPage,
  tables: SyncTables,
): Promise<void> {
  const gone = new Set(states.flatMap(({ len, blob }) => (len === 0 && blob !== undefined ? [blob] : [])));
  if (gone.size === 0) return;
  const named = new Map<Sha256, number>();
  const naming = (await tables.docs.list()).filter((doc) => {
    const names = blobNamesOf(doc).filter(({ hash }) => gone.has(hash));
    for (const { hash, length } of names) named.set(hash, length);
    return exists(doc) && names.length > 0;
  });
  const mark = markOfMerge(page);
  await tables.dirty.put(naming.map((doc) => ({ id: doc.id, mark })));
  const unnamed = [...gone].filter((hash) => !named.has(hash));
  for (const hash of unnamed) await removeParts(hash, tables);
}

async function removeParts(hash: Sha256, tables: SyncTables): Promise<void> {
  const [first] = await tables.blobs.get([blobPartIdOf(hash, 0)]);
  const count = first?.parts ?? partCountOf(0);
  await tables.blobs.remove(Array.from({ length: count }, (_, part) => blobPartIdOf(hash, part)));
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
