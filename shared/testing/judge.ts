import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import type { Audience } from '../proofs/proof-suite.ts';
import { type Verification, verifyBadge } from '../verify/verify-badge.ts';
import { type Documents, fetcherOver } from './documents.ts';
import { fixedClock } from './seeded.ts';

export type JudgeWish = { readonly documents?: Documents; readonly audience?: Audience };

/** The whole verification of a document or token, at the tests' own time. */
export async function judge(document: JsonObject | string, wish: JudgeWish = {}): Promise<Verification> {
  const bytes = utf8(typeof document === 'string' ? document : JSON.stringify(document));
  const options = wish.audience === undefined ? {} : { audience: wish.audience };
  const effects = { fetch: fetcherOver(wish.documents ?? new Map()), clock: fixedClock() };
  return verifyBadge({ kind: 'bytes', bytes }, options, effects);
}

/** Verdict and reason in one text, for tests that compare. */
export async function outcomeOf(document: JsonObject | string, wish: JudgeWish = {}): Promise<string> {
  const { verdict } = await judge(document, wish);
  return `${verdict.outcome}: ${verdict.reason}`;
}
