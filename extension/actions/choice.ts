import type { ErrorCode } from '../../shared/model/errors.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import type { Choice } from '../channel.ts';

/** What a verdict leaves to the learner (product §3). An envelope of several badges is imported, never kept as one. */
export function choiceOf({ outcome, reason }: Pick<Verdict, 'outcome' | 'reason'>): Choice {
  if (reason === 'several-badges') return 'nothing';
  switch (outcome) {
    case 'valid':
    case 'expired':
      return 'claim';
    case 'unreachable':
    case 'unsupported':
      return 'keep-and-check-later';
    case 'invalid':
    case 'revoked':
      return 'keep-as-unverified';
    case 'malformed':
      return 'nothing';
  }
}

/** What is left when the offer's own address gave nothing: what may pass can be waited for. */
export function choiceAfterFailure(code: ErrorCode): Choice {
  return passing.has(code) ? 'keep-and-check-later' : 'nothing';
}

const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'offline',
  'access-withheld',
  'offer-unreachable',
  'offer-timed-out',
  'offer-server-failed',
]);
