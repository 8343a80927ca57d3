import type { Instant } from './brands.ts';
import type { Fetched, HostCryptography } from './effects.ts';
import type { JsonObject } from './json.ts';
import type { Result } from './result.ts';

/** A JSON-LD context by its exact address; `undefined` for one that the product does not carry. Never fetches. */
export type ContextSource = (address: string) => JsonObject | undefined;

/** What was spent so far, with one ceiling for a whole verification, however many parts and proofs ask for it. */
export type Effort = {
  /** of putting graphs in order: values walked by the libraries, hashes to tell nodes apart */
  steps: number;
  proofs: number;
};
export const noEffort = (): Effort => ({ steps: 0, proofs: 0 });
/**
 * A badge may hold ten proofs over a hard graph, a record a hundred such badges (threat T42). Counted, not timed, so
 * that the answer is the same on every machine; on ours it takes a second and a half at most.
 */
export const maxSteps = 30_000;
export const maxProofsInAll = 250;

/**
 * One verification's way to documents. Every address is asked once, whatever the number of steps that need it; each
 * answer goes into the snapshot, so that the same verdict can be reached again without a network.
 */
export type Session = {
  readonly now: Instant;
  /**
   * What an http(s) address answers; the fragment is left out. A status of 404 is an answer, as with `Fetcher`.
   * Errors: those of `Fetcher`; `address-not-allowed`; `too-many-requests` beyond the session's ceiling.
   */
  readonly read: (address: string, accept?: string) => Promise<Result<Fetched>>;
  readonly contexts: ContextSource;
  readonly signal?: AbortSignal;
  /** what the whole verification has spent so far */
  readonly effort?: Effort;
  /** The same session for one badge inside a record: it may ask `limit` addresses that nobody asked before. */
  readonly within?: (limit: number) => Session;
  /** addresses that this session wanted and did not ask, for its ceiling was reached */
  readonly unasked?: () => readonly string[];
  /** WebCrypto and the bundled hashes when left out */
  readonly cryptography?: HostCryptography;
};
