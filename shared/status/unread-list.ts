import { failure } from '../model/check.ts';
import type { BackpackError, Facts } from '../model/errors.ts';
import type { Check } from '../model/verdict.ts';

/** What a list that cannot be read says: one beyond our limits may be a good one; any other is none at all. */
export function unreadList({ code }: BackpackError, source: string, facts: Facts): Check {
  return code === 'malformed-json'
    ? failure('status', 'invalid', 'status-list-bad', source, facts)
    : failure('limits', 'unsupported', 'beyond-limits', source, { ...facts, what: 'status list' });
}
