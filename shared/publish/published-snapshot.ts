import * as v from 'valibot';
import type { SnapshotDocument } from '../model/badge.ts';
import type { Instant } from '../model/brands.ts';
import { type Bytes, utf8 } from '../model/bytes.ts';
import { canonicalJson, parseJsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { hashShape, instantShape, parseShape, wholeNumberShape } from '../sync/shapes.ts';

/** Longer no index is: 50 documents, each with two addresses of 2,048 characters, a type of 200, and what is short. */
export const maxPublishedSnapshotBytes = 256 * 1024;

const addressShape = v.pipe(v.string(), v.maxLength(2048));

const publishedSnapshotShape = v.strictObject({
  type: v.literal('backpack-snapshot'),
  taken: instantShape,
  documents: v.pipe(
    v.array(
      v.strictObject({
        address: addressShape,
        finalAddress: addressShape,
        status: wholeNumberShape(100, 599),
        mediaType: v.pipe(v.string(), v.maxLength(200)),
        hash: hashShape,
        at: instantShape,
      }),
    ),
    v.maxLength(50),
  ),
});

/**
 * The index of a published badge's snapshot: which address answered what and when, the bytes named by hash. It is a
 * document of its own among an item's `with`. To anyone but the learner it is only what he recorded (product §5).
 */
export type PublishedSnapshot = v.InferOutput<typeof publishedSnapshotShape>;

/** The index as the bytes that are published; equal snapshots give equal bytes. */
export function publishedSnapshotOf(snapshot: {
  readonly taken: Instant;
  readonly documents: readonly Omit<SnapshotDocument, 'bytes'>[];
}): Bytes {
  const documents = snapshot.documents.map(({ address, finalAddress, status, mediaType, hash, at }) => ({
    address,
    finalAddress,
    status,
    mediaType,
    hash,
    at,
  }));
  return utf8(canonicalJson({ type: 'backpack-snapshot', taken: snapshot.taken, documents }));
}

/** Reads an index out of a published document. Errors: `malformed-json`, also for any other document. */
export function parsePublishedSnapshot(bytes: Uint8Array): Result<PublishedSnapshot> {
  const json = parseJsonObject(bytes);
  return json.ok ? parseShape(publishedSnapshotShape, json.value, 'malformed-json') : json;
}
