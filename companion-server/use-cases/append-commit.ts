import type { Instant } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxAccountBytes, maxLiveRecords } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { type ChainFault, extendChain, type IsSignedBy } from '../../shared/sync/chain.ts';
import { type ParsedCommit, parseCommit } from '../../shared/sync/commit.ts';
import { type PushedRecord, pushedRecordsOf } from '../../shared/sync/pushed-records.ts';
import type { LogHead } from '../../shared/sync/shapes.ts';
import { isSignedBy, isSignedByMeanwhile, sha256AtOnce } from '../node-cryptography.ts';
import type { Account, Session } from '../storage/storage.ts';
import type { Signer } from './admit-request.ts';
import { compact, holds } from './compact.ts';

/** A commit and the records that it says came with it. Whether it follows the log is not judged yet. */
export type ReadCommit = {
  readonly parsed: ParsedCommit;
  readonly records: readonly PushedRecord[];
  readonly isSignedBy: IsSignedBy;
  /** settled once `isSignedBy` need not wait for another thread any more */
  readonly looked: Promise<unknown>;
};

/** A commit that follows the log as a transaction sees it: all that is left is to write it. */
export type FittingCommit = Pick<ReadCommit, 'parsed' | 'records'> & {
  readonly from: Account;
  readonly to: Account;
};

/** `known`: the log has this very commit already, and this is the head that it became. */
export type Judged = { readonly known: LogHead } | { readonly fitting: FittingCommit };

/**
 * Reads a commit and looks at all of it that needs no log: form, account, bytes, and in another thread the signature where
 * it was made by the signer of the request, as nearly all are. Errors: `refused-commit`.
 */
export async function readCommit(
  token: string,
  parts: readonly Uint8Array[],
  { account, kid, key: signerKey }: Signer,
): Promise<Result<ReadCommit>> {
  const parsed = await parseCommit(token, sha256AtOnce);
  if (!parsed.ok) return parsed;
  const { commit, jws } = parsed.value;
  if (commit.acct !== account) return refusedCommit('other-account');
  // While this one hashes the records, and the whole body for the signature of the request.
  const looked = jws.kid === kid ? isSignedByMeanwhile(jws, signerKey) : Promise.resolve(false);
  const records = await pushedRecordsOf(commit, parts, sha256AtOnce);
  if (!records.ok) return records;
  return ok({
    parsed: parsed.value,
    records: records.value,
    looked,
    isSignedBy: async (token, key) => (key === signerKey && (await looked)) || isSignedBy(token, key),
  });
}

/**
 * Judges a commit within the transaction that is to append it, against the log as it stands: place, signer, revisions,
 * room. Errors: `refused-commit`, `revoked`, `quota`, `stale` with the head as `n` and `h`.
 */
export async function judgeCommit(read: ReadCommit, session: Session): Promise<Result<Judged>> {
  const { parsed, records } = read;
  const { commit, hash } = parsed;
  const from = await session.accounts.find(commit.acct);
  if (from === undefined) return refusedCommit('other-account');
  const { head } = from.chain;
  // What comes after the head is not in the log.
  const known = commit.n <= head.n ? await session.log.findByHash(commit.acct, hash) : undefined;
  if (known !== undefined) return ok({ known: { n: known.n, h: known.hash } });
  const extended = await extendChain(from.chain, parsed, read.isSignedBy);
  if (!extended.ok) return failed(errorOf(extended.error, parsed, head));
  const chain = extended.value;
  const usage = await usageAfter(records, from, session);
  if (!usage.ok) return usage;
  if (commit.kind === 'snapshot' && !(await holds(commit.snap, chain, session))) return refusedCommit('snap');
  return ok({ fitting: { parsed, records, from, to: { ...usage.value, chain } } });
}

/**
 * Writes what was judged in this transaction, which has the account to itself: its head has not moved since it was
 * judged. Where it has all the same this throws, and nothing is written.
 */
export async function appendCommit(
  { parsed, records, from, to }: FittingCommit,
  session: Session,
  at: Instant,
): Promise<LogHead> {
  const { acct, head } = to.chain;
  const { n, h } = head;
  const [isNext] = await Promise.all([
    session.accounts.advance(from.chain.head, to),
    session.log.append(acct, { n, hash: h, token: parsed.token }, at),
    session.log.putRecords(
      acct,
      records.map(({ entry, bytes }) => ({ id: entry.id, rev: entry.rev, hash: entry.h, n, bytes })),
    ),
  ]);
  if (!isNext) throw new BackpackError('unexpected');
  if (parsed.commit.kind === 'snapshot') await compact(to.chain, session, at);
  return head;
}

/** What a commit refused says of itself: which rule, never what was sent. */
export function refusedCommit(member: string): Result<never> {
  return failed(new BackpackError('refused-commit', { member }));
}

type Usage = Pick<Account, 'usedBytes' | 'liveRecords'>;

async function usageAfter(
  records: readonly PushedRecord[],
  { chain, ...before }: Account,
  session: Session,
): Promise<Result<Usage>> {
  let { usedBytes, liveRecords } = before;
  const states = await session.log.states(
    chain.acct,
    records.map(({ entry }) => entry.id),
  );
  const stored = new Map(states.map((state) => [state.id, state]));
  for (const { entry } of records) {
    const last = stored.get(entry.id);
    if (entry.rev !== (last?.rev ?? 0) + 1) return refusedCommit('rev');
    usedBytes += entry.len - (last?.length ?? 0);
    liveRecords += Number(entry.len > 0) - Number((last?.length ?? 0) > 0);
  }
  const grows = usedBytes > before.usedBytes || liveRecords > before.liveRecords;
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
