import { type Instant, millisecondsOf } from '../model/brands.ts';
import { failure, passed } from '../model/check.ts';
import type { Validity } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';

/** How far clocks of issuer and learner may be apart before a badge counts as not yet valid (trap 19). */
export const clockSkewMs = 5 * 60 * 1000;

const source = 'OB 3.0 §verification; VCDM 2.0 §Validity Period; OB 2.0 §Verification';

/** Whether the badge has begun and not ended at `now`. An end is judged to the moment, a beginning with the skew. */
export function judgeValidity({ from, until }: Validity, now: Instant): readonly Check[] {
  if (from !== undefined && until !== undefined && until < from)
    return [failure('validity', 'invalid', 'ends-before-it-begins', source, { from, until })];
  const checks: Check[] = [];
  if (from !== undefined && millisecondsOf(from) > millisecondsOf(now) + clockSkewMs)
    checks.push(failure('validity', 'invalid', 'not-yet-valid', source, { date: from }));
  if (until !== undefined && until <= now)
    checks.push(failure('validity', 'expired', 'has-expired', source, { date: until }));
  if (checks.length > 0) return checks;
  return [
    until === undefined
      ? passed('validity', 'no-end', source)
      : passed('validity', 'in-time', source, { until }),
  ];
}
