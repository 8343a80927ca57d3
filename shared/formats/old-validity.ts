import { instantOf, millisecondsOf } from '../model/brands.ts';
import type { Json } from '../model/json.ts';
import { parseOldTime } from '../model/old-time.ts';
import type { Validity } from '../model/subject.ts';

/** How far ahead of UTC a calendar may be: the Line Islands'. */
const earliestZoneMs = 14 * 60 * 60 * 1000;

/**
 * When a badge of 0.5 or 1.x holds. An award that names a day alone was made somewhere on earth on that day, and may
 * be looked at while it is still yesterday in UTC. An end that names a day alone is its beginning in UTC, as the
 * validators took it. Source: OB 1.1 §Assertion (issuedOn, expires).
 */
export function oldValidityOf(awarded: Json | undefined, expires: Json | undefined): Validity {
  const from = parseOldTime(awarded);
  const until = parseOldTime(expires);
  return {
    ...(from === undefined
      ? {}
      : { from: from.hasZone ? from.at : instantOf(millisecondsOf(from.at) - earliestZoneMs) }),
    ...(until === undefined ? {} : { until: until.at }),
  };
}
