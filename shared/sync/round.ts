import type { Clock, Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { isNewerCommit } from './commit.ts';
import type { Signer } from './compact-jws.ts';
import { type OpenEpochs, withEpochs } from './epochs.ts';
import type { HeldKeys } from './keyring.ts';
import type { DistrustReason, Link, SyncStorage, SyncTables } from './storage.ts';
import type { SyncTransport } from './transport.ts';

export type SyncDeps = {
  readonly storage: SyncStorage;
  readonly transport: SyncTransport;
  readonly keys: HeldKeys;
  /** learns of the epochs that key commits begin */
  readonly openEpochs: OpenEpochs;
  readonly signer: Signer;
  readonly random: Random;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
};

/**
 * How a round ended. `synced`: this device and the server hold the same. `distrust`: the server lied or lost its memory;
 * everything here is kept, nothing is sent. `failed`: try again later, nothing is lost.
 */
export type RoundOutcome =
  | { readonly kind: 'synced'; readonly head: Link['chain'] }
  | { readonly kind: 'no-account' }
  | { readonly kind: 'distrust'; readonly reason: DistrustReason }
  | { readonly kind: 'failed'; readonly error: BackpackError };

/** How a pull ended that did not do what it should. */
export type Stopped = Extract<RoundOutcome, { kind: 'failed' | 'distrust' }>;

/** All that this device holds: what it was enrolled with, and the epochs that began since. */
export function keysFor({ epochs }: Link, { keys }: Pick<SyncDeps, 'keys'>): HeldKeys {
  return epochs === undefined ? keys : withEpochs(keys, epochs);
}

/** Where this device stands. */
export async function linkOf(storage: SyncStorage): Promise<Link | undefined> {
  const [link] = await storage.read((tables) => tables.link.get(['link']));
  return link;
}

/**
 * Whether this device still stands where it stood, inside a transaction: another runner may have gone on meanwhile, and
 * what it has stored since is not to be held against what was asked for before.
 */
export async function isStill({ chain, acct }: Link, tables: SyncTables): Promise<boolean> {
  const [current] = await tables.link.get(['link']);
  return current?.chain?.head.h === chain?.head.h && current?.acct === acct;
}

/** From now on nothing is sent. `shown`: where the log ends that the server showed. */
export async function distrust(
  reason: DistrustReason,
  deps: Pick<SyncDeps, 'storage'>,
  shown: number,
): Promise<Stopped> {
  await deps.storage.write(async (tables) => {
    const [link] = await tables.link.get(['link']);
    if (link === undefined) return;
    const { starting, ...rest } = link;
    // A snapshot that was not believed in the end leaves what was known before it.
    const chain = starting === undefined ? link.chain : starting.before;
    await tables.link.put([{ ...rest, chain, distrust: reason, shown }]);
  });
  return { kind: 'distrust', reason };
}

/** What stops syncing where one of these commits could not be read. `shown`: as of `distrust`. */
export async function unreadable(
  commits: readonly string[],
  deps: Pick<SyncDeps, 'storage'>,
  shown: number,
): Promise<Stopped> {
  // No lie: this browser waits for its update, and has lost nothing.
  if (commits.some(isNewerCommit)) return failed(new BackpackError('newer-version'));
  return distrust('commit-not-allowed', deps, shown);
}

export function failed(error: BackpackError): Stopped {
  return { kind: 'failed', error };
}

/** Far above what 20,000 badges need; ends a round that a server keeps busy. */
export const maxSteps = 5000;
/** Longer than a removal can be undone. */
export const sweepDelayMs = 25 * 60 * 60 * 1000;
