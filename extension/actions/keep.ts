import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { splitBlob } from '../../shared/sync/blobs.ts';
import {
  type Doc,
  type DocId,
  docVersion,
  emptyDoc,
  exists,
  wiped,
  withFields,
} from '../../shared/sync/doc.ts';
import type { BlobPart } from '../../shared/sync/storage.ts';
import type { Verification } from '../../shared/verify/verify-badge.ts';
import { takeStamp } from '../store/clock.ts';
import { bytesAheadKey, type Tables, type TransactionTables } from '../store/database.ts';
import { docTables, putChangedDocs } from '../store/write-docs.ts';
import type { ActionDeps } from './deps.ts';

export type WriteDeps = Pick<ActionDeps, 'store' | 'clock' | 'random'>;

/** One change of the learner's: documents, dirty marks, bytes and cards in one durable transaction. */
export type Change = {
  readonly set?: readonly { readonly id: DocId; readonly fields: JsonObject }[];
  /** the same, all fields as they were: also of what a newer version wrote, for nothing of it is rewritten */
  readonly back?: Change['set'];
  /** erased where they are there */
  readonly wipe?: readonly DocId[];
  readonly parts?: readonly BlobPart[];
  /** other bytes were named before: in a while those that nothing names any more are let go of */
  readonly replacing?: boolean;
  /** more to write in the same transaction */
  readonly also?: (inside: TransactionTables, now: Instant) => Promise<void>;
  /** asked inside the transaction; `false` and nothing is written */
  readonly unless?: (inside: TransactionTables) => Promise<boolean>;
};

/**
 * Writes a change, all of it or nothing. Gives `false` when it was not wanted any more.
 * "Saved" may be said once this has resolved: the transaction is durable then.
 */
export async function writeChange(change: Change, { store, clock, random }: WriteDeps): Promise<boolean> {
  const now = clock();
  return store.write([...docTables, 'looked'], async (inside) => {
    if ((await change.unless?.(inside)) === true) return false;
    const stamp = await takeStamp(inside, now, random);
    const back = change.back ?? [];
    const edited = [...(change.set ?? []), ...back].map(({ id }) => id);
    const before = await docsOf(inside, [...edited, ...(change.wipe ?? [])]);
    const set = (change.set ?? [])
      // What a newer version wrote is shown here and never rewritten (design §8).
      .filter(({ id }) => before(id).v <= docVersion)
      .concat(back)
      .map(({ id, fields }) => withFields(before(id), fields, stamp));
    const gone = (change.wipe ?? [])
      .map(before)
      .filter(exists)
      .map((doc) => wiped(doc, stamp));
    if (change.parts !== undefined) await inside.blobs.bulkPut(change.parts);
    if (change.replacing === true) await inside.local.put({ key: bytesAheadKey, value: now });
    // The stamp marks the change: no other change of this device has the same.
    await putChangedDocs(inside, [...set, ...gone], stamp, now);
    await change.also?.(inside, now);
    return true;
  });
}

async function docsOf({ docs }: Tables, ids: readonly DocId[]): Promise<(id: DocId) => Doc> {
  const rows = new Map((await docs.bulkGet(ids)).flatMap((doc) => (doc ? [[doc.id, doc]] : [])));
  return (id) => rows.get(id) ?? emptyDoc(id);
}

/** All bytes that a kept badge names, in the parts they are stored in: the original, its picture, what it rests on. */
export async function partsOf(
  verification: Verification,
  original: Sha256,
  picture: Uint8Array | undefined,
): Promise<readonly BlobPart[]> {
  const parts = [
    ...splitBlob(original, verification.original),
    ...verification.snapshot.documents.flatMap(({ hash, bytes }) => splitBlob(hash, bytes)),
  ];
  return picture === undefined ? parts : [...parts, ...splitBlob(await sha256Of(picture), picture)];
}
