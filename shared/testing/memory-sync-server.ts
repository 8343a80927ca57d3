import type { Kid, Sha256 } from '../model/brands.ts';
import { sha256Of } from '../model/bytes.ts';
import { BackpackError, type ErrorCode } from '../model/errors.ts';
import { maxPageBytes, pageRecordBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { beginChain, type Chain, extendChain } from '../sync/chain.ts';
import { parseCommit, type RecordEntry } from '../sync/commit.ts';
import { pushedRecordsOf } from '../sync/pushed-records.ts';
import type { AccountId, LogHead, RecordId } from '../sync/shapes.ts';
import { sameSnapshot, snapshotOf } from '../sync/snapshot.ts';
import type {
  LogPage,
  LogQuery,
  Push,
  SnapshotCommits,
  SnapshotPage,
  SnapshotQuery,
  SyncTransport,
} from '../sync/transport.ts';
import type { SyncServer } from './sync-device.ts';

type Kept = { readonly rev: number; readonly bytes: Uint8Array; readonly n: number };

/** One account's log as an honest server keeps it, in memory. Its state can be copied, which is how a server forgets. */
export type MemorySyncServer = {
  readonly open: (genesis: string) => Promise<Result<LogHead>>;
  /** The calls as this signer makes them: the double believes the name. */
  readonly transportOf: (kid: Kid) => SyncTransport;
  /** A second server that begins with what this one holds now. */
  readonly copy: () => MemorySyncServer;
  readonly head: () => LogHead | undefined;
  /** As if a year had gone by: commits before the newest snapshot are dropped, but genesis and key commits. */
  readonly forgetOld: () => Promise<void>;
  readonly storedBytes: () => number;
};

type State = {
  chain: Chain | undefined;
  readonly commits: string[];
  readonly hashes: Sha256[];
  readonly records: Map<RecordId, Kept>;
  /** the newest snapshot: its number, and the records as it found them */
  snapshot: { readonly n: number; readonly entries: readonly RecordEntry[] } | undefined;
  keptFrom: number;
};

/** A server of many accounts, as the suites take it. */
export function memorySyncServers(): SyncServer {
  const servers = new Map<AccountId, MemorySyncServer>();
  const serverOf = (acct: AccountId): MemorySyncServer => {
    const server = servers.get(acct) ?? memorySyncServer();
    servers.set(acct, server);
    return server;
  };
  return {
    open: (account) => serverOf(account.acct).open(account.genesis),
    transportOf: (signer, acct) => serverOf(acct).transportOf(signer.kid),
  };
}

/** A server double that keeps every rule of design §5 for one account. */
export function memorySyncServer(
  state: State = {
    chain: undefined,
    commits: [],
    hashes: [],
    records: new Map(),
    snapshot: undefined,
    keptFrom: 0,
  },
): MemorySyncServer {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    open: (genesis) => inTurn(() => open(state, genesis)),
    transportOf: (kid) => ({
      push: (push) => inTurn(() => append(state, push, kid)),
      pull: (query) => inTurn(async () => pageOf(state, query)),
      snapshotCommits: (after) => inTurn(() => snapshotCommitsOf(state, after)),
      snapshotRecords: (query) => inTurn(async () => snapshotPageOf(state, query)),
    }),
    copy: () =>
      memorySyncServer({
        chain: state.chain,
        commits: [...state.commits],
        hashes: [...state.hashes],
        records: new Map(state.records),
        snapshot: state.snapshot,
        keptFrom: state.keptFrom,
      }),
    forgetOld: () => inTurn(() => forgetOld(state)),
    head: () => state.chain?.head,
    storedBytes: () => [...state.records.values()].reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

async function open(state: State, genesis: string): Promise<Result<LogHead>> {
  const commit = await parseCommit(genesis);
  if (!commit.ok) return commit;
  if (state.hashes[0] === commit.value.hash) return ok({ n: 0, h: commit.value.hash });
  const chain = await beginChain(commit.value);
  if (!chain.ok || state.chain !== undefined) return refuse('refused-commit');
  state.chain = chain.value;
  state.commits.push(genesis);
  state.hashes.push(commit.value.hash);
  return ok(chain.value.head);
}

async function append(state: State, push: Push, kid: Kid): Promise<Result<LogHead>> {
  const parsed = await parseCommit(push.commit);
  if (!parsed.ok || state.chain === undefined) return refuse('refused-commit');
  const { commit, hash } = parsed.value;
  if (state.chain.revoked.includes(kid)) return refuse('revoked');
  const known = state.hashes.indexOf(hash);
  if (known >= 0) return ok({ n: known, h: hash });
  if (commit.prev !== state.chain.head.h) return refuse('stale');
  const chain = await extendChain(state.chain, parsed.value);
  if (!chain.ok) return refuse(chain.error === 'revoked' ? 'revoked' : 'refused-commit');
  const records = await pushedRecordsOf(commit, push.records);
  if (!records.ok) return records;
  if (commit.kind === 'snapshot') {
    const entries = await entriesOf(state);
    if (!sameSnapshot(commit.snap, await snapshotOf(chain.value.keyHead, entries)))
      return refuse('refused-commit');
    state.snapshot = { n: commit.n, entries };
  }
  if (records.value.some(({ entry }) => entry.rev !== (state.records.get(entry.id)?.rev ?? 0) + 1))
    return refuse('refused-commit');
  for (const { entry, bytes } of records.value)
    state.records.set(entry.id, { rev: entry.rev, bytes, n: commit.n });
  state.chain = chain.value;
  state.commits.push(push.commit);
  state.hashes.push(hash);
  return ok(chain.value.head);
}

function pageOf(state: State, query: LogQuery): Result<LogPage> {
  if (state.chain === undefined) return refuse('unauthorized');
  if (query.after < state.keptFrom - 1) return refuse('compacted');
  const commits: string[] = [];
  const records: { id: RecordId; rev: number; bytes: Uint8Array }[] = [];
  let weight = 0;
  for (let n = query.after + 1; n < state.commits.length && commits.length < query.limit; n += 1) {
    const token = state.commits[n] ?? '';
    const current = [...state.records].filter(([, kept]) => kept.n === n && kept.bytes.length > 0);
    weight += current.reduce((sum, [, kept]) => sum + kept.bytes.length + pageRecordBytes, token.length);
    if (commits.length > 0 && weight > maxPageBytes) break;
    commits.push(token);
    records.push(...current.map(([id, { rev, bytes }]) => ({ id, rev, bytes })));
  }
  const more = query.after + 1 + commits.length < state.commits.length;
  return ok({ head: state.chain.head, more, commits, records });
}

async function entriesOf(state: State): Promise<readonly RecordEntry[]> {
  const records = [...state.records].map(async ([id, { rev, bytes }]) => {
    return { id, rev, h: await sha256Of(bytes), len: bytes.length };
  });
  return (await Promise.all(records)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Small pages, so that a test need not be large to have several. */
const pageCommits = 3;
const pageEntries = 4;

async function snapshotCommitsOf(state: State, after: number): Promise<Result<SnapshotCommits>> {
  const { snapshot } = state;
  if (snapshot === undefined) return refuse('not-found');
  const upTo = await Promise.all(state.commits.slice(0, snapshot.n + 1).map((token) => parseCommit(token)));
  const kept = upTo
    .flatMap((commit) => (commit.ok ? [commit.value] : []))
    .filter(({ commit: { kind, n } }) => n > after && kind !== 'data' && kind !== 'rejoin')
    .filter(({ commit: { kind, n } }) => kind !== 'snapshot' || n === snapshot.n);
  const commits = kept.slice(0, pageCommits).map(({ token }) => token);
  return ok({ more: kept.length > pageCommits, commits });
}

function snapshotPageOf(state: State, { n, after }: SnapshotQuery): Result<SnapshotPage> {
  if (state.snapshot?.n !== n) return refuse(state.snapshot === undefined ? 'not-found' : 'compacted');
  const left = state.snapshot.entries.filter(({ id }) => id > after);
  const entries = left.slice(0, pageEntries);
  const records = entries.flatMap(({ id, rev, len }) => {
    const kept = state.records.get(id);
    return kept?.rev === rev && len > 0 ? [{ id, rev, bytes: kept.bytes }] : [];
  });
  return ok({ more: left.length > pageEntries, entries, records });
}

async function forgetOld(state: State): Promise<void> {
  const n = state.snapshot?.n ?? 0;
  for (let at = 1; at < n; at += 1) {
    const parsed = await parseCommit(state.commits[at] ?? '');
    if (parsed.ok && parsed.value.commit.kind === 'key') continue;
    state.commits[at] = '';
    state.hashes[at] = '' as Sha256;
  }
  state.keptFrom = n;
}

function refuse(code: ErrorCode): Result<never> {
  return failed(new BackpackError(code));
}
