import { sha256Of, utf8 } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { maxCommitLength, maxCommitRecords, maxPushBytes } from '../model/limits.ts';
import { allStates } from './apply-page.ts';
import { blobNamesOf } from './blob-names.ts';
import { blobPartIdOf, contentOfBlobPart } from './blobs.ts';
import type { Chain } from './chain.ts';
import { type RecordEntry, signCommit } from './commit.ts';
import type { Signer } from './compact-jws.ts';
import { type Doc, exists, newestStampOf } from './doc.ts';
import type { HeldKeys } from './keyring.ts';
import { recordIdOfBlob, recordIdOfDoc } from './record-id.ts';
import { type Content, maxContentBytes, sealedLengthOf, sealRecord } from './sealing.ts';
import type { RecordId } from './shapes.ts';
import { snapshotOf } from './snapshot.ts';
import { laterStamp, type Stamp } from './stamp.ts';
import type { BlobPart, DirtyMark, Outbox, RecordState, SyncStorage } from './storage.ts';

/** What one commit carries, before it is sealed. */
type Plan = {
  readonly items: { readonly id: RecordId; readonly content: Content; readonly part?: BlobPart }[];
  readonly covers: DirtyMark[];
  bytes: number;
  newestStamp: Stamp | '';
};

/**
 * The next commit after the chain's head, ready to be written to the outbox: as many dirty documents as one commit
 * takes, each after the bytes that it names and the server lacks. `undefined` when nothing is dirty.
 * A document too large for a record stays dirty and is passed over, and so is with `removals` all that could take up more
 * room at the server than it does.
 */
export async function preparePush(
  chain: Chain,
  deps: {
    readonly storage: SyncStorage;
    readonly keys: HeldKeys;
    readonly signer: Signer;
    readonly random: Random;
  },
  what: 'all' | 'removals' = 'all',
): Promise<Outbox | undefined> {
  const plan: Plan = { items: [], covers: [], bytes: 0, newestStamp: '' };
  // What is passed over must not hide what comes after it.
  for (let most = maxCommitRecords, isLast = false; plan.items.length === 0 && !isLast; most *= 4) {
    const dirty = await firstDirty(most, deps.storage);
    isLast = dirty.length < most;
    for (const { mark, doc } of dirty) {
      const isPassed = doc === undefined || (what === 'removals' && !(await isSmaller(doc, deps)));
      if (!isPassed && !(await addDoc(plan, mark, doc, deps))) break;
    }
  }
  return plan.items.length === 0 ? undefined : sealPlan(plan, chain, deps);
}

function firstDirty(most: number, storage: SyncStorage) {
  return storage.read(async (tables) => {
    const marks = await tables.dirty.list(most);
    const docs = await tables.docs.get(marks.map(({ id }) => id));
    return marks.map((mark, index) => ({ mark, doc: docs[index] }));
  });
}

/** Whether the server has more of a document, of which here no more than its removal is left. */
async function isSmaller(
  doc: Doc,
  { storage, keys }: { readonly storage: SyncStorage; readonly keys: HeldKeys },
): Promise<boolean> {
  if (exists(doc)) return false;
  const id = await recordIdOfDoc(keys.blind, doc.id);
  const [state] = await storage.read((tables) => tables.records.get([id]));
  return state !== undefined && sealedLengthOf(utf8(JSON.stringify(doc)).length) <= state.len;
}

/** A commit of `items` beside documents: deletions of blobs that nothing names any more. */
export async function prepareDeletions(
  chain: Chain,
  gone: readonly RecordState[],
  signer: Signer,
): Promise<Outbox> {
  const none = await sha256Of(new Uint8Array());
  const states = gone
    .slice(0, maxCommitRecords)
    .map((state) => ({ ...state, rev: state.rev + 1, h: none, len: 0 }));
  return {
    id: 'outbox',
    commit: await signDataCommit(chain, states, signer),
    // What is gone has no bytes to send.
    records: [],
    states,
    covers: [],
    newestStamp: '',
  };
}

/** A commit that says what all records are by now, so that those before it need not be kept for ever (design §8). */
export async function prepareSnapshot(
  chain: Chain,
  deps: { readonly storage: SyncStorage; readonly signer: Signer },
): Promise<Outbox> {
  const states = await deps.storage.read(allStates);
  const snap = await snapshotOf(chain.keyHead, states.values());
  const { acct, head } = chain;
  const place = { v: 1, acct, n: head.n + 1, prev: head.h } as const;
  const commit = await signCommit({ ...place, kind: 'snapshot', snap }, deps.signer);
  return { id: 'outbox', commit, records: [], states: [], covers: [], newestStamp: '' };
}

/** Adds a document with what it needs; `false` when the commit is full. */
async function addDoc(
  plan: Plan,
  mark: DirtyMark,
  doc: Doc,
  deps: { readonly storage: SyncStorage; readonly keys: HeldKeys },
): Promise<boolean> {
  const bytes = utf8(JSON.stringify(doc));
  if (bytes.length > maxContentBytes) return true;
  for (const part of exists(doc) ? await missingPartsOf(doc, plan, deps) : []) {
    if (!add(plan, part.id, { kind: 'blob', bytes: contentOfBlobPart(part.part) }, part.part)) return false;
  }
  const id = await recordIdOfDoc(deps.keys.blind, doc.id);
  if (!add(plan, id, { kind: 'doc', bytes })) return false;
  plan.covers.push(mark);
  plan.newestStamp = laterStamp(plan.newestStamp, newestStampOf(doc));
  return true;
}

function add(plan: Plan, id: RecordId, content: Content, part?: BlobPart): boolean {
  const length = sealedLengthOf(content.bytes.length) + 4;
  if (plan.items.length >= maxCommitRecords || plan.bytes + length > maxPayloadBytes) return false;
  plan.items.push({ id, content, ...(part === undefined ? {} : { part }) });
  plan.bytes += length;
  return true;
}

/** The parts that a document names, this device holds, and neither the server nor this plan has. */
async function missingPartsOf(
  doc: Doc,
  plan: Plan,
  deps: { readonly storage: SyncStorage; readonly keys: HeldKeys },
): Promise<readonly { id: RecordId; part: BlobPart }[]> {
  const missing: { id: RecordId; part: BlobPart }[] = [];
  for (const hash of blobNamesOf(doc)) {
    let parts = 1;
    for (let number = 0; number < parts; number += 1) {
      const id = await recordIdOfBlob(deps.keys.blind, hash, number);
      if (plan.items.some((item) => item.id === id)) continue;
      const found = await lookAtPart(id, blobPartIdOf(hash, number), deps.storage);
      parts = found.parts;
      if (found.lacking !== undefined) missing.push({ id, part: found.lacking });
    }
  }
  return missing;
}

async function lookAtPart(
  id: RecordId,
  key: string,
  storage: SyncStorage,
): Promise<{ readonly parts: number; readonly lacking?: BlobPart }> {
  return storage.read(async (tables) => {
    const [state] = await tables.records.get([id]);
    if (state !== undefined && state.len > 0) return { parts: state.parts ?? 1 };
    const [part] = await tables.blobs.get([key]);
    return part === undefined ? { parts: 1 } : { parts: part.parts, lacking: part };
  });
}

async function sealPlan(
  plan: Plan,
  chain: Chain,
  deps: {
    readonly storage: SyncStorage;
    readonly keys: HeldKeys;
    readonly signer: Signer;
    readonly random: Random;
  },
): Promise<Outbox> {
  const before = await deps.storage.read((tables) => tables.records.get(plan.items.map(({ id }) => id)));
  const sealed = await Promise.all(
    plan.items.map(async ({ id, content, part }, index) => {
      const rev = (before[index]?.rev ?? 0) + 1;
      const bytes = await sealRecord(deps.keys, { id, rev }, content, deps.random);
      const state: RecordState = {
        id,
        rev,
        h: await sha256Of(bytes),
        len: bytes.length,
        ...(part === undefined ? {} : { blob: part.hash, parts: part.parts }),
      };
      return { bytes, state };
    }),
  );
  const states = sealed.map(({ state }) => state);
  return {
    id: 'outbox',
    commit: await signDataCommit(chain, states, deps.signer),
    records: sealed.map(({ bytes }) => bytes),
    states,
    covers: plan.covers,
    newestStamp: plan.newestStamp,
  };
}

function signDataCommit(chain: Chain, states: readonly RecordState[], signer: Signer): Promise<string> {
  const recs = states.map(({ id, rev, h, len }): RecordEntry => ({ id, rev, h, len }));
  const { acct, head } = chain;
  return signCommit({ v: 1, acct, n: head.n + 1, prev: head.h, kind: 'data', recs }, signer);
}

/** Room for the commit itself beside the records. */
const maxPayloadBytes = maxPushBytes - maxCommitLength - 4;
