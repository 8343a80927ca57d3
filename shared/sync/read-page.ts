import { failed, ok, type Result } from '../model/result.ts';
import { beginChain, type Chain, type ChainFault, extendChain } from './chain.ts';
import { type CommitOf, entriesOf, type ParsedCommit, type RecordEntry } from './commit.ts';
import type { Doc } from './doc.ts';
import { newEpochsOf, type OpenEpochs, withEpochs } from './epochs.ts';
import type { HeldKeys } from './keyring.ts';
import { type Inside, lookInto } from './look-into-record.ts';
import type { LogHead, RecordId } from './shapes.ts';
import { signaturesOf } from './signatures.ts';
import { sameSnapshot, snapshotOf } from './snapshot.ts';
import type { BlobPart, DistrustReason, Link, RecordState, Rejoined } from './storage.ts';
import type { LogPage, SealedRecord } from './transport.ts';

/** A page that has been believed: the chain after it, where its records stand, and what they hold. */
export type ReadPage = {
  readonly chain: Chain;
  /** its commits, in order */
  readonly passed: readonly LogHead[];
  readonly states: readonly RecordState[];
  readonly docs: readonly Doc[];
  readonly parts: readonly BlobPart[];
  readonly waiting: readonly RecordId[];
  /** keys of the epochs that began in it, as far as this device is told */
  readonly epochs: HeldKeys['epochs'];
  /** the last of its commits by which a device came back to a log that had lost some */
  readonly rejoined: Rejoined | undefined;
  /** where the log ended when it came; unknown for records of a snapshot */
  readonly logEnd: number | undefined;
};

/**
 * Judges a page of the log against all that this device knows, and opens what it brought. `commits`: those of the page, parsed; `known`: the states of the
 * records that the page's commits name, as stored, or of all where one of them is a snapshot. Any lie is a reason, and nothing of the page is used (design §7).
 */
export async function readPage(
  link: Link,
  page: LogPage,
  commits: readonly ParsedCommit[],
  known: ReadonlyMap<RecordId, RecordState>,
  keys: HeldKeys,
  openEpochs: OpenEpochs,
): Promise<Result<ReadPage, DistrustReason>> {
  const cursor = link.chain?.head;
  if (cursor !== undefined && page.head.n < cursor.n) return failed('log-went-back');
  if (cursor !== undefined && page.head.n === cursor.n && page.head.h !== cursor.h)
    return failed('log-differs');
  if (link.known !== undefined && page.head.n < link.known.n) return failed('log-went-back');
  const followed = await followCommits(link, commits, known);
  if (!followed.ok) return followed;
  const { chain, entries, changes, rejoined } = followed.value;
  const ended = endOf(chain, page);
  if (ended !== undefined) return failed(ended);
  const told = await Promise.all(changes.map((change) => openEpochs(change, chain.acct)));
  const held = withEpochs(keys, told.flat());
  const opened = await openRecords(page.records, entries, known, held);
  if (!opened.ok) return opened;
  const { docs, parts, states, arrived } = opened.value;
  const waiting = new Set(link.waiting);
  for (const entry of entries.values()) {
    if (entry.len > 0 && !arrived.has(entry.id)) waiting.add(entry.id);
    else waiting.delete(entry.id);
  }
  if (!page.more && waiting.size > 0) return failed('withheld');
  const epochs = newEpochsOf(keys, held);
  const logEnd = page.head.n;
  const passed = commits.map(({ commit, hash }) => ({ n: commit.n, h: hash }));
  return ok({ chain, passed, states, docs, parts, waiting: [...waiting], epochs, rejoined, logEnd });
}

type Followed = {
  readonly chain: Chain;
  readonly entries: ReadonlyMap<RecordId, RecordEntry>;
  readonly changes: readonly CommitOf<'key'>['key'][];
  readonly rejoined: Rejoined | undefined;
};

async function followCommits(
  link: Link,
  commits: readonly ParsedCommit[],
  known: ReadonlyMap<RecordId, RecordState>,
): Promise<Result<Followed, DistrustReason>> {
  let chain = link.chain;
  let rejoined: Rejoined | undefined;
  const changes: CommitOf<'key'>['key'][] = [];
  const entries = new Map<RecordId, RecordEntry>();
  const isSignedBy = signaturesOf(commits, chain);
  for (const parsed of commits) {
    const { commit } = parsed;
    if (commit.acct !== link.acct) return failed('commit-not-allowed');
    if (commit.n === link.known?.n && parsed.hash !== link.known.h) return failed('log-differs');
    const next: Result<Chain, ChainFault> =
      chain === undefined ? await beginChain(parsed) : await extendChain(chain, parsed, isSignedBy);
    if (!next.ok) return failed(next.error === 'out-of-place' ? 'log-differs' : 'commit-not-allowed');
    chain = next.value;
    if (commit.kind === 'key') changes.push(commit.key);
    if (commit.kind === 'rejoin') rejoined = { n: commit.n, over: commit.over, by: parsed.jws.kid };
    // Whoever starts from it later takes its word for all that was before.
    if (commit.kind === 'snapshot') {
      const records = new Map<RecordId, RecordEntry>([...known, ...entries]).values();
      if (!sameSnapshot(commit.snap, await snapshotOf(chain.keyHead, records))) return failed('log-differs');
    }
    for (const entry of entriesOf(commit)) {
      const before = entries.get(entry.id) ?? known.get(entry.id);
      if (entry.rev !== (before?.rev ?? 0) + 1) return failed('revision-went-back');
      entries.set(entry.id, entry);
    }
  }
  return chain === undefined ? failed('log-incomplete') : ok({ chain, entries, changes, rejoined });
}

function endOf(chain: Chain, page: LogPage): DistrustReason | undefined {
  if (chain.head.n > page.head.n) return 'log-differs';
  if (chain.head.n === page.head.n && chain.head.h !== page.head.h) return 'log-differs';
  if (page.more && page.commits.length === 0) return 'log-incomplete';
  if (!page.more && chain.head.n !== page.head.n) return 'log-incomplete';
  return undefined;
}

type Opened = {
  readonly docs: readonly Doc[];
  readonly parts: readonly BlobPart[];
  readonly states: readonly RecordState[];
  readonly arrived: ReadonlySet<RecordId>;
};

/** Opens the records of a page and holds each against the entry that names it. `known`: their states as stored. */
export async function openRecords(
  records: readonly SealedRecord[],
  entries: ReadonlyMap<RecordId, RecordEntry>,
  known: ReadonlyMap<RecordId, RecordState>,
  keys: HeldKeys,
): Promise<Result<Opened, DistrustReason>> {
  const states = new Map<RecordId, RecordState>(
    [...entries.values()].map((entry) => [entry.id, stateOf(entry, known.get(entry.id))]),
  );
  const arrived = new Set(records.map(({ id }) => id));
  if (arrived.size < records.length) return failed('bytes-differ');
  // All at once: what is waited for is done on other threads.
  const opened = await Promise.all(records.map((record) => openOne(record, entries.get(record.id), keys)));
  const docs: Doc[] = [];
  const parts: BlobPart[] = [];
  for (const [index, one] of opened.entries()) {
    if (!one.ok) return one;
    const entry = records[index] === undefined ? undefined : entries.get(records[index].id);
    if ('doc' in one.value) docs.push(one.value.doc);
    else if (entry !== undefined) {
      const { part } = one.value;
      parts.push(part);
      states.set(entry.id, { ...entry, blob: part.hash, parts: part.parts });
    }
  }
  return ok({ docs, parts, states: [...states.values()], arrived });
}

/** A deletion does not say what the record was; this device remembers it from the version before. */
function stateOf(entry: RecordEntry, before: RecordState | undefined): RecordState {
  return before?.blob === undefined
    ? { ...entry }
    : { ...entry, blob: before.blob, parts: before.parts ?? 1 };
}

async function openOne(
  record: SealedRecord,
  entry: RecordEntry | undefined,
  keys: HeldKeys,
): Promise<Result<Inside, DistrustReason>> {
  if (entry === undefined) return failed('bytes-differ');
  if (record.rev !== entry.rev) return failed('revision-went-back');
  if (record.bytes.length !== entry.len || entry.len === 0) return failed('bytes-differ');
  const { h, inside } = await lookInto(record, keys);
  if (h !== entry.h) return failed('bytes-differ');
  return inside === undefined ? failed('cannot-open') : ok(inside);
}
