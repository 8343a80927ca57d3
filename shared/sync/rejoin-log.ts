import { millisecondsOf } from '../model/brands.ts';
import type { Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { ok, type Result } from '../model/result.ts';
import type { Chain } from './chain.ts';
import { type CommitOf, signCommit } from './commit.ts';
import { boxesOf } from './epochs.ts';
import { forgetProgress } from './forget-progress.ts';
import { revokeDevice, signKeyChange } from './key-commits.ts';
import type { RootKeys } from './key-schedule.ts';
import { openKeyring } from './keyring.ts';
import { pullPage } from './pull-log.ts';
import { failed, linkOf, maxSteps, type RoundOutcome, type SyncDeps, sweepDelayMs } from './round.ts';
import type { Link, SyncStorage, SyncTables } from './storage.ts';

/**
 * `root`: the opened root, where the learner has opened it. `unlockersAgain`: makes the ways to open it again what they
 * were, one step at a time: `done`, where there is nothing to do; `sent`, after which the log is read again; `locked`.
 */
export type RejoinDeps = SyncDeps & {
  readonly root?: RootKeys;
  readonly unlockersAgain?: (chain: Chain, remembered: Chain) => Promise<Result<'done' | 'sent' | 'locked'>>;
};

/** `locked`: the server has lost changes of keys too, which only the opened root may issue again. */
export type RejoinOutcome = RoundOutcome | { readonly kind: 'locked' };

/**
 * Goes back to a server whose log is not the one that this device knows, because the learner says that it was restored
 * (design §7): reads all that the server has, as a new device would, issues lost changes of keys again, and says in
 * the log which head was known here. What the server lacks counts as not sent, so that the next round sends it.
 * Syncing stays stopped until this is done. It may be killed at any point and is simply begun again.
 */
export async function rejoinLog(deps: RejoinDeps): Promise<RejoinOutcome> {
  let isBegun = !(await beginAnew(deps.storage));
  for (let step = 0; step < maxSteps; step += 1) {
    const link = await linkOf(deps.storage);
    if (link?.remembered === undefined) return { kind: 'no-account' };
    const pulled = await pullPage(link, deps);
    if (pulled.kind === 'distrust' && isBegun) {
      // An earlier try has read a log that the server has not either any more: it was restored once again.
      isBegun = false;
      await readAnew(deps.storage);
      continue;
    }
    if (pulled.kind === 'failed' || pulled.kind === 'distrust') return pulled;
    if (pulled.kind === 'more') continue;
    const next = await nextCommit(await linkOf(deps.storage), deps);
    if (next === 'done') return end(deps);
    if (next === 'locked') return { kind: 'locked' };
    if (next === 'other-root') return failed(new BackpackError('sync-distrust', { reason: next }));
    if (next === 'sent') continue;
    if ('code' in next) return failed(next);
    const pushed = await deps.transport.push({ commit: next.token, records: [] });
    // Either way the next pull shows what the log has become.
    if (!pushed.ok && pushed.error.code !== 'stale') return failed(pushed.error);
  }
  return failed(new BackpackError('unavailable', { reason: 'too many steps' }));
}

/** Keeps what was known, and starts to read from the beginning; nothing, and `false`, where that was done before. */
function beginAnew(storage: SyncStorage): Promise<boolean> {
  return storage.write(async (tables) => {
    const [link] = await tables.link.get(['link']);
    if (link?.distrust === undefined || link.chain === undefined || link.remembered !== undefined)
      return false;
    await forgetLog({ ...link, remembered: link.chain }, tables);
    return true;
  });
}

/** What was read of the log since is forgotten; what was known before it stays remembered. */
function readAnew(storage: SyncStorage): Promise<void> {
  return storage.write(async (tables) => {
    const [link] = await tables.link.get(['link']);
    if (link?.remembered !== undefined) await forgetLog(link, tables);
  });
}

async function forgetLog(link: Link, tables: SyncTables): Promise<void> {
  await forgetProgress(tables);
  const { epochs: _, starting: __, ...rest } = link;
  await tables.link.put([{ ...rest, chain: undefined, waiting: [] }]);
}

async function end({ storage, clock }: RejoinDeps): Promise<RoundOutcome> {
  return storage.write(async (tables) => {
    const [link] = await tables.link.get(['link']);
    if (link === undefined) return { kind: 'no-account' };
    const { distrust: _, shown: __, remembered: ___, ...trusting } = link;
    // A deletion of bytes may be among what was lost.
    await tables.link.put([{ ...trusting, sweepAt: millisecondsOf(clock()) + sweepDelayMs }]);
    return { kind: 'synced', head: link.chain };
  });
}

async function nextCommit(
  link: Link | undefined,
  deps: RejoinDeps,
): Promise<{ readonly token: string } | BackpackError | 'done' | 'sent' | 'locked' | 'other-root'> {
  const { chain, remembered, rejoined } = link ?? {};
  if (chain === undefined || remembered === undefined) return 'done';
  if (chain.account !== remembered.account) return 'other-root';
  const change = lostChangeOf(chain, remembered);
  if (change !== undefined) {
    if (deps.root === undefined) return 'locked';
    const token = await issueAgain(change, chain, remembered, deps.root, deps.random);
    return token.ok ? { token: token.value } : 'other-root';
  }
  if (rejoined?.by === deps.signer.kid && rejoined.over.h === remembered.head.h) return 'done';
  // A device that knew more has been back already, and has seen to them.
  const isFirst = rejoined === undefined || rejoined.over.n < remembered.head.n;
  const unlockers = isFirst ? await deps.unlockersAgain?.(chain, remembered) : undefined;
  if (unlockers?.ok === false) return unlockers.error;
  if (unlockers !== undefined && unlockers.value !== 'done') return unlockers.value;
  const { acct, head } = chain;
  const place = { v: 1, acct, n: head.n + 1, prev: head.h } as const;
  return { token: await signCommit({ ...place, kind: 'rejoin', over: remembered.head }, deps.signer) };
}

type LostChange = Pick<CommitOf<'key'>['key'], 'add' | 'revoke'>;

/** One removal or enrolment of a device that the log has lost; removals first. */
function lostChangeOf(chain: Chain, remembered: Chain): LostChange | undefined {
  const isEnrolled = (kid: string): boolean => chain.devices.some((device) => device.kid === kid);
  const revoke = remembered.revoked.find(isEnrolled);
  if (revoke !== undefined) return { revoke };
  const add = remembered.devices.find(({ kid }) => !isEnrolled(kid) && !chain.revoked.includes(kid));
  return add === undefined ? undefined : { add };
}

/**
 * The same change as a commit after the head that there is now. Of both keyrings it goes on with the one of more epochs:
 * a removal that was lost took one with it.
 */
async function issueAgain(
  change: LostChange,
  chain: Chain,
  remembered: Chain,
  root: RootKeys,
  random: Random,
): Promise<Result<string>> {
  const { acct, unlockers } = chain;
  const here = await openKeyring(remembered.keyring, acct, root.vault);
  const there = await openKeyring(chain.keyring, acct, root.vault);
  if (!here.ok) return here;
  if (!there.ok) return there;
  const isNewer = here.value.epochs.length > there.value.epochs.length;
  if (change.revoke !== undefined && !isNewer) return revokeDevice(chain, change.revoke, root, random);
  const [keyring, opened] = isNewer ? [remembered.keyring, here.value] : [chain.keyring, there.value];
  const staying = chain.devices.filter(({ kid }) => kid !== change.revoke);
  const devices = change.add === undefined ? staying : [...staying, change.add];
  const boxes = await boxesOf(opened, acct, devices);
  return ok(await signKeyChange(chain, { ...change, keyring, boxes, unlockers }, root.account));
}
