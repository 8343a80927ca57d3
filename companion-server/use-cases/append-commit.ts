import type { Instant } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxAccountBytes, maxLiveRecords } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { type Chain, type ChainFault, extendChain } from '../../shared/sync/chain.ts';
import { type ParsedCommit, parseCommit } from '../../shared/sync/commit.ts';
import { type PushedRecord, pushedRecordsOf } from '../../shared/sync/pushed-records.ts';
import type { LogHead } from '../../shared/sync/shapes.ts';
import { sha256AtOnce } from '../node-cryptography.ts';
import type { Account, AccountId, Session, Storage } from '../storage/storage.ts';
import { compact, holds } from './compact.ts';

/** A commit that follows the head `from` and whose records are what it says; judged outside any transaction. */
export type PreparedCommit = {
  readonly parsed: ParsedCommit;
  readonly from: LogHead;
  readonly chain: Chain;
  readonly records: readonly PushedRecord[];
};

/** `known`: the log has this very commit already, and this is the head that it became. */
export type Preparation = { readonly known: LogHead } | { readonly prepared: PreparedCommit };

/**
 * Judges a commit against the log as it stands: form, place, signer, bytes.
 * Errors: `refused-commit`, `revoked`, `stale` with the head as `n` and `h`.
 */
export async function prepareCommit(
  token: string,
  parts: readonly Uint8Array[],
  account: AccountId,
  storage: Storage,
): Promise<Result<Preparation>> {
  const parsed = await parseCommit(token);
  if (!parsed.ok) return parsed;
  if (parsed.value.commit.acct !== account) return refusedCommit('other-account');
  const records = await pushedRecordsOf(parsed.value.commit, parts, sha256AtOnce);
  if (!records.ok) return records;
  const state = await storage.read(async (session) => ({
    known: await session.log.findByHash(account, parsed.value.hash),
    account: await session.accounts.find(account),
  }));
  if (state.known !== undefined) return ok({ known: { n: state.known.n, h: state.known.hash } });
  if (state.account === undefined) return refusedCommit('other-account');
  const from = state.account.chain.head;
  const extended = await extendChain(state.account.chain, parsed.value);
  if (!extended.ok) return failed(errorOf(extended.error, parsed.value, from));
  return ok({ prepared: { parsed: parsed.value, from, chain: extended.value, records: records.value } });
}

/**
 * Appends a prepared commit within a transaction, wholly or not at all.
 * Errors: `stale` when the head has moved since, `refused-commit` for a revision out of order, `quota`.
 */
export async function appendCommit(
  prepared: PreparedCommit,
  session: Session,
  at: Instant,
): Promise<Result<LogHead>> {
  const { parsed, from, chain, records } = prepared;
  const { commit } = parsed;
  const account = await session.accounts.find(chain.acct);
  if (account === undefined) return refusedCommit('other-account');
  if (account.chain.head.h !== from.h) return failed(stale(account.chain.head));
  const fits = await fitsState(prepared, account, session);
  if (!fits.ok) return fits;
  if (commit.kind === 'snapshot' && !(await holds(commit.snap, chain, session))) return refusedCommit('snap');
  const { n, h } = chain.head;
  const moved = await session.accounts.advance(from, { ...fits.value, chain });
  if (!moved) return failed(stale(account.chain.head));
  await session.log.append(chain.acct, { n, hash: h, token: parsed.token }, at);
  await session.log.putRecords(
    chain.acct,
    records.map(({ entry, bytes }) => ({ id: entry.id, rev: entry.rev, hash: entry.h, n, bytes })),
  );
  if (commit.kind === 'snapshot') await compact(chain, session, at);
  return ok(chain.head);
}

/** What a commit refused says of itself: which rule, never what was sent. */
export function refusedCommit(member: string): Result<never> {
  return failed(new BackpackError('refused-commit', { member }));
}

type Usage = Pick<Account, 'usedBytes' | 'liveRecords'>;

async function fitsState(
  { chain, records }: PreparedCommit,
  account: Account,
  session: Session,
): Promise<Result<Usage>> {
  let { usedBytes, liveRecords } = account;
  const states = await session.log.states(
    chain.acct,
    records.map(({ entry }) => entry.id),
  );
  const stored = new Map(states.map((state) => [state.id, state]));
  for (const { entry } of records) {
    const before = stored.get(entry.id);
    if (entry.rev !== (before?.rev ?? 0) + 1) return refusedCommit('rev');
    usedBytes += entry.len - (before?.length ?? 0);
    liveRecords += Number(entry.len > 0) - Number((before?.length ?? 0) > 0);
  }
  const grows = usedBytes > account.usedBytes || liveRecords > account.liveRecords;
  // What shrinks is taken even past the ceiling, or an operator who lowers it would lock people in.
  if (grows && (usedBytes > maxAccountBytes || liveRecords > maxLiveRecords))
    return failed(new BackpackError('quota'));
  return ok({ usedBytes, liveRecords });
}

function errorOf(fault: ChainFault, { commit }: ParsedCommit, head: LogHead): BackpackError {
  // A key change that names another key commit as its last is out of place too, but no pull would mend it.
  const follows = commit.n === head.n + 1 && commit.prev === head.h;
  if (fault === 'out-of-place' && !follows) return stale(head);
  if (fault === 'revoked') return new BackpackError('revoked');
  return new BackpackError('refused-commit', { member: fault });
}

function stale(head: LogHead): BackpackError {
  return new BackpackError('stale', { n: head.n, h: head.h });
}
