import { millisecondsOf } from '../model/brands.ts';
import type { Clock, Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { maxPageCommits } from '../model/limits.ts';
import { applyPage, statesOf } from './apply-page.ts';
import type { Signer } from './compact-jws.ts';
import { type OpenEpochs, withEpochs } from './epochs.ts';
import type { HeldKeys } from './keyring.ts';
import { readPage, recordsNamedBy } from './read-page.ts';
import type { DistrustReason, Link, SyncStorage } from './storage.ts';
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

/**
 * Pulls to the head and pushes nothing: how a joining device reads the account before it is enrolled.
 * Outcomes as of `syncRound`.
 */
export async function pullToHead(deps: Omit<SyncDeps, 'signer'>): Promise<RoundOutcome> {
  for (let step = 0; step < maxSteps; step += 1) {
    const link = await linkOf(deps.storage);
    if (link === undefined) return { kind: 'no-account' };
    if (link.distrust !== undefined) return { kind: 'distrust', reason: link.distrust };
    const pulled = await pullPage(link, deps);
    if (pulled.kind === 'failed' || pulled.kind === 'distrust') return pulled;
    if (pulled.kind === 'at-head') return { kind: 'synced', head: (await linkOf(deps.storage))?.chain };
  }
  return failed(new BackpackError('unavailable', { reason: 'too many steps' }));
}

/** All that this device holds: what it was enrolled with, and the epochs that began since. */
export function keysFor({ epochs }: Link, { keys }: Pick<SyncDeps, 'keys'>): HeldKeys {
  return epochs === undefined ? keys : withEpochs(keys, epochs);
}

/** Where this device stands. */
export async function linkOf(storage: SyncStorage): Promise<Link | undefined> {
  const [link] = await storage.read((tables) => tables.link.get(['link']));
  return link;
}

/** One page further along the log, believed and merged; what it may not believe stops syncing. */
export async function pullPage(
  link: Link,
  deps: Omit<SyncDeps, 'signer'>,
): Promise<{ kind: 'at-head' | 'more' } | Stopped> {
  const pulled = await deps.transport.pull({ after: link.chain?.head.n ?? -1, limit: maxPageCommits });
  if (!pulled.ok) return failed(pulled.error);
  const ids = await recordsNamedBy(pulled.value);
  const known = await deps.storage.read((tables) => statesOf(ids, tables));
  const page = await readPage(link, pulled.value, known, keysFor(link, deps), deps.openEpochs);
  if (!page.ok) return distrust(page.error, deps, pulled.value.head.n);
  const sweepAt = millisecondsOf(deps.clock()) + sweepDelayMs;
  const applied = await deps.storage.write((tables) => applyPage(link, page.value, sweepAt, tables));
  return { kind: applied && !pulled.value.more ? 'at-head' : 'more' };
}

/** From now on nothing is sent. `shown`: where the log ends that the server showed. */
export async function distrust(
  reason: DistrustReason,
  deps: Pick<SyncDeps, 'storage'>,
  shown: number,
): Promise<Stopped> {
  await deps.storage.write(async (tables) => {
    const [link] = await tables.link.get(['link']);
    if (link !== undefined) await tables.link.put([{ ...link, distrust: reason, shown }]);
  });
  return { kind: 'distrust', reason };
}

export function failed(error: BackpackError): Stopped {
  return { kind: 'failed', error };
}

/** Far above what 20,000 badges need; ends a round that a server keeps busy. */
export const maxSteps = 5000;
/** Longer than a removal can be undone. */
export const sweepDelayMs = 25 * 60 * 60 * 1000;
