import { describe, expect, it } from 'vitest';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { seeded } from '../testing/seeded.ts';
import { contentOfBlobPart, splitBlob } from './blobs.ts';
import { type DocId, emptyDoc } from './doc.ts';
import { type HeldKeys, heldKeysOf, newKeyring, withNewEpoch } from './keyring.ts';
import { beginToLook, lookInto } from './look-into-record.ts';
import { recordIdOfBlob, recordIdOfDoc } from './record-id.ts';
import { type Content, sealRecord } from './sealing.ts';
import type { AccountId, RecordId } from './shapes.ts';
import type { SealedRecord } from './transport.ts';

const random = seeded(4);
const acct = 'A'.repeat(43) as AccountId;
const ring = withNewEpoch(newKeyring(random), random);
const keys = await heldKeysOf(ring, acct);
const olderKeys: HeldKeys = { ...keys, epochs: keys.epochs.slice(0, 1) };
const id: DocId = 'badge|one';

async function sealed(record: RecordId, content: Content, rev = 1): Promise<SealedRecord> {
  return { id: record, rev, bytes: await sealRecord(keys, { id: record, rev }, content, random) };
}

const docContent: Content = { kind: 'doc', bytes: utf8(JSON.stringify(emptyDoc(id))) };
const ofDoc = async () => sealed(await recordIdOfDoc(keys.blind, id), docContent);

describe('a record that is looked into', () => {
  it('gives the document or the bytes in it and the hash of what came, begun before or not', async () => {
    const bytes = utf8('original');
    const [part] = splitBlob(await sha256Of(bytes), bytes);
    if (part === undefined) throw new TypeError('no part');
    const blobId = await recordIdOfBlob(keys.blind, part.hash, 0);
    const records = [await ofDoc(), await sealed(blobId, { kind: 'blob', bytes: contentOfBlobPart(part) })];
    for (const begins of [false, true]) {
      if (begins) beginToLook(records, keys);
      const looked = await Promise.all(records.map((record) => lookInto(record, keys)));
      expect(looked.map(({ inside }) => inside)).toEqual([{ doc: emptyDoc(id) }, { part }]);
      for (const [index, { h }] of looked.entries())
        expect(h).toBe(await sha256Of(records[index]?.bytes ?? new Uint8Array()));
    }
  });

  it('opens with the key of an epoch that came after it was begun', async () => {
    const record = await ofDoc();
    beginToLook([record], olderKeys);
    expect((await lookInto(record, olderKeys)).inside).toBeUndefined();
    expect((await lookInto(record, keys)).inside).toEqual({ doc: emptyDoc(id) });
  });

  it('is looked into once, whether it opens or not, and again with another key', async () => {
    const honest = await ofDoc();
    let reads = 0;
    const counted = (bytes: SealedRecord['bytes']): SealedRecord => ({
      ...honest,
      get bytes() {
        reads += 1;
        return bytes;
      },
    });
    const readsOf = async (record: SealedRecord, later: HeldKeys): Promise<number> => {
      beginToLook([record], olderKeys);
      const before = reads;
      await lookInto(record, later);
      return reads - before;
    };
    const other = { ...honest, bytes: await sealRecord(olderKeys, honest, docContent, random) };
    expect((await lookInto(other, olderKeys)).inside).toEqual({ doc: emptyDoc(id) });
    expect(await readsOf(counted(other.bytes), olderKeys)).toBe(0);
    expect(await readsOf(counted(honest.bytes), olderKeys)).toBe(0);
    expect(await readsOf(counted(honest.bytes), keys)).toBeGreaterThan(0);
  });

  it('has nothing in it where it is another record, another revision, or changed on its way', async () => {
    const honest = await ofDoc();
    const other = await recordIdOfDoc(keys.blind, 'badge|two');
    const changed = honest.bytes.slice();
    changed.fill(0, 40, 41);
    const lies = [
      await sealed(other, docContent),
      { ...honest, id: other },
      { ...honest, rev: 2 },
      { ...honest, bytes: changed },
    ];
    for (const record of lies) {
      beginToLook([record], keys);
      const { h, inside } = await lookInto(record, keys);
      expect(inside).toBeUndefined();
      expect(h).toBe(await sha256Of(record.bytes));
    }
    expect((await lookInto(honest, keys)).inside).toEqual({ doc: emptyDoc(id) });
  });
});
