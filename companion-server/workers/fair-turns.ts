import type { AccountId, KeptCheck } from '../storage/storage.ts';

/** Takes what has waited longest, of none of these accounts. */
export type Take = (besides: readonly AccountId[]) => Promise<KeptCheck | undefined>;

export type FairTurns = {
  /** What is to be done next, for nobody else until it is `over`; `undefined` when there is nothing. */
  readonly next: () => Promise<KeptCheck | undefined>;
  readonly over: (account: AccountId) => void;
};

/** With so many a round ends, though others may wait: the database is told their names each time. */
const maxInRound = 100;

/**
 * Lets accounts take turns: of each one thing is done at a time, and its next one once everybody else has had a turn. So
 * one account with many badges of slow issuers keeps nobody waiting but itself.
 */
export function fairTurns(take: Take): FairTurns {
  const busy = new Set<AccountId>();
  const had = new Set<AccountId>();
  let taking: Promise<unknown> = Promise.resolve();

  const takeNext = async (): Promise<KeptCheck | undefined> => {
    if (had.size >= maxInRound) had.clear();
    let check = await take([...new Set([...busy, ...had])]);
    if (check === undefined && had.size > 0) {
      had.clear();
      check = await take([...busy]);
    }
    if (check === undefined) return undefined;
    busy.add(check.account);
    had.add(check.account);
    return check;
  };
  return {
    // One after another, so that no two take of the same account.
    next: () => {
      const next = taking.then(takeNext);
      taking = next.catch(() => undefined);
      return next;
    },
    over: (account) => void busy.delete(account),
  };
}
