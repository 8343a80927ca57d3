import type { Facts } from './errors.ts';
import type { Check, CheckName, FindingCode, Outcome } from './verdict.ts';

/** A step that found what it looked for. `source`: section of the specification. */
export function passed(check: CheckName, code: FindingCode, source: string, facts: Facts = {}): Check {
  return { check, outcome: 'passed', detail: { code, facts }, source };
}

/** A finding that is shown and leaves the verdict as it is. */
export function warning(check: CheckName, code: FindingCode, source: string, facts: Facts = {}): Check {
  return { check, outcome: 'warning', detail: { code, facts }, source };
}

/** A step that speaks against the badge and asks for a verdict. */
export function failure(
  check: CheckName,
  asks: Exclude<Outcome, 'valid'>,
  code: FindingCode,
  source: string,
  facts: Facts = {},
): Check {
  // What could not be asked is unknown, not failed: it says nothing against the issuer.
  const outcome = asks === 'unreachable' || asks === 'unsupported' ? 'unknown' : 'failed';
  return { check, outcome, detail: { code, facts }, source, asks };
}

/** A step that does not apply. */
export function skipped(check: CheckName, code: FindingCode, source: string, facts: Facts = {}): Check {
  return { check, outcome: 'skipped', detail: { code, facts }, source };
}
