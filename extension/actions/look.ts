import type { Url } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import type { Fetched, Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { PrivateHosts } from '../../shared/verify/network-fetcher.ts';
import type { BadgeInput } from '../../shared/verify/open-badge.ts';
import { findPicture } from '../../shared/verify/picture.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import type { LookedRow } from '../store/database.ts';
import type { ActionDeps } from './deps.ts';

export type LookDeps = Pick<ActionDeps, 'fetcher' | 'clock'>;

/** How long one look may take, whatever the number of documents behind a badge. */
export const lookTimeoutMs = 45_000;

/**
 * Fetches and verifies one badge and finds its picture. Writes nothing: whoever asked keeps the answer.
 * An address that gives nothing at all is a failure with a sentence of its own; everything else has a verdict.
 */
export async function look(
  input: BadgeInput,
  privateHosts: PrivateHosts,
  deps: LookDeps,
): Promise<Pick<LookedRow, 'found' | 'refusedHost'>> {
  const watched = watchFetcher(deps.fetcher(privateHosts));
  const signal = AbortSignal.timeout(lookTimeoutMs);
  const verification = await verifyBadge(
    input,
    { signal, audience: 'holder' },
    { fetch: watched.fetch, clock: deps.clock },
  );
  const refused = watched.refusedHost();
  const refusedHost = refused === undefined ? {} : { refusedHost: refused };
  if (input.kind === 'address') {
    const answer = badgeAt(input.address, watched.answerOf(input.address));
    if (!answer.ok) {
      const { code, facts } = answer.error;
      return { found: { state: 'failed', error: { code, facts } }, ...refusedHost };
    }
  }
  const original = await sha256Of(verification.original);
  const picture = await findPicture(verification, watched.fetch);
  return {
    found: {
      state: 'looked',
      verification,
      id: `badge|${original}`,
      original,
      ...(picture === undefined ? {} : { picture }),
    },
    ...refusedHost,
  };
}

/** What the offer's own address answered, as the learner needs to hear it. */
function badgeAt(address: Url, answer: Result<Fetched> | undefined): Result<Fetched | undefined> {
  if (answer === undefined) return ok(undefined);
  if (!answer.ok) return answer;
  const { status } = answer.value;
  const facts = { host: new URL(address).host, status };
  if (status === 410) return failed(new BackpackError('offer-gone', facts));
  if (refusals.has(status)) return failed(new BackpackError('offer-refused', facts));
  if (status >= 500 || passing.has(status)) return failed(new BackpackError('offer-server-failed', facts));
  if (status >= 400) return failed(new BackpackError('offer-not-found', facts));
  return answer;
}

/** It is there, and not for anybody who asks. */
const refusals: ReadonlySet<number> = new Set([401, 402, 403, 407, 451]);
/** Asked too slowly, too early or too often. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** A fetcher that remembers what it was told, so that a failure can be named more exactly than a verdict does. */
function watchFetcher(fetch: Fetcher) {
  const answers = new Map<string, Result<Fetched>>();
  let refused: string | undefined;
  const watched: Fetcher = async (request) => {
    const answer = await fetch(request);
    answers.set(request.url, answer);
    if (!answer.ok && answer.error.code === 'private-address') {
      const { host } = answer.error.facts;
      if (typeof host === 'string') refused ??= host;
    }
    return answer;
  };
  return {
    fetch: watched,
    answerOf: (address: Url) => answers.get(address),
    refusedHost: () => refused,
  };
}
