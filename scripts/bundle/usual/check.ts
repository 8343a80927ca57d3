import type { BadgeInput } from '../../../shared/verify/open-badge.ts';
import {
  type Verification,
  type VerifyEffects,
  type VerifyOptions,
  verifyBadge,
} from '../../../shared/verify/verify-badge.ts';
import { timesUnusual } from './unusual.ts';

/** The same verification with every part in it. */
export type WholeVerifier = { readonly verifyBadge: typeof verifyBadge };

/**
 * `verifyBadge` for pages: a badge of the usual form is verified by what is in this chunk, any other by the whole
 * verifier, which is fetched then. Only a good answer that needed nothing else counts here, so that a badge is never
 * refused, or refused for another reason, because a part was missing.
 */
export async function verifyInPage(
  input: BadgeInput,
  options: VerifyOptions,
  effects: VerifyEffects,
  loadWhole: () => Promise<WholeVerifier>,
): Promise<Verification> {
  const before = timesUnusual();
  const verification = await verifyBadge(input, options, effects).catch(() => undefined);
  if (verification?.verdict.outcome === 'valid' && timesUnusual() === before) return verification;
  return (await loadWhole()).verifyBadge(input, options, effects);
}
