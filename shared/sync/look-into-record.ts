import type { Sha256 } from '../model/brands.ts';
import { sha256Of } from '../model/bytes.ts';
import { parseBlobPart } from './blobs.ts';
import { type Doc, parseDoc } from './doc.ts';
import type { HeldKeys } from './keyring.ts';
import { recordIdOfBlob, recordIdOfDoc } from './record-id.ts';
import { openRecord } from './sealing.ts';
import type { BlobPart } from './storage.ts';
import type { SealedRecord } from './transport.ts';

/** What is in a record: a document, or a part of bytes. */
export type Inside = { readonly doc: Doc } | { readonly part: BlobPart };

/**
 * A record that was looked into. `h`: of its sealed bytes; `inside`: `undefined` where it does not open as the record and
 * revision that it says it is, or holds what belongs into another. Whether the log names it is nobody's word here.
 */
export type LookedRecord = { readonly h: Sha256; readonly inside: Inside | undefined };

/** With how many epochs: there are only ever more. */
type Begun = { readonly looked: Promise<LookedRecord>; readonly epochs: number };

const begun = new WeakMap<SealedRecord, Begun>();

/** Begins to look into records that nobody has judged yet: it takes the time that the page before them needs. */
export function beginToLook(records: readonly SealedRecord[], keys: HeldKeys): void {
  for (const record of records) {
    const looked = look(record, keys);
    // Told to whoever asks for it; nobody may.
    looked.catch(() => undefined);
    begun.set(record, { looked, epochs: keys.epochs.length });
  }
}

/** What is in a record; begun before or not. */
export async function lookInto(record: SealedRecord, keys: HeldKeys): Promise<LookedRecord> {
  const before = begun.get(record);
  if (before === undefined) return look(record, keys);
  const looked = await before.looked;
  // The key of an epoch may have come since.
  const isFinal = looked.inside !== undefined || before.epochs === keys.epochs.length;
  return isFinal ? looked : look(record, keys);
}

async function look(record: SealedRecord, keys: HeldKeys): Promise<LookedRecord> {
  const [h, inside] = await Promise.all([sha256Of(record.bytes), insideOf(record, keys)]);
  return { h, inside };
}

async function insideOf(record: SealedRecord, keys: HeldKeys): Promise<Inside | undefined> {
  const content = await openRecord(keys, record, record.bytes);
  if (!content.ok) return undefined;
  if (content.value.kind === 'doc') {
    const doc = parseDoc(content.value.bytes);
    const isNamed = doc.ok && (await recordIdOfDoc(keys.blind, doc.value.id)) === record.id;
    return isNamed ? { doc: doc.value } : undefined;
  }
  const part = parseBlobPart(content.value.bytes);
  if (!part.ok) return undefined;
  const isNamed = (await recordIdOfBlob(keys.blind, part.value.hash, part.value.part)) === record.id;
  return isNamed ? { part: part.value } : undefined;
}
