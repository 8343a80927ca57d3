import { type Instant, instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/model/json.ts';
import { parseOldTime } from '../../shared/model/old-time.ts';
import { parseZonedTime } from '../../shared/model/time.ts';
import type { Case } from './manifest.ts';

const beginnings = ['validFrom', 'issuanceDate', 'issuedOn', 'issued_on', 'awardedDate'];
const ends = ['validUntil', 'expirationDate', 'expires'];
const noClock = Date.UTC(2026, 5, 1);

/**
 * The time of a case. Where it names none, time plays no part: any instant inside the badge's own validity will do,
 * so one just after it begins is taken, or just before it ends.
 */
export function clockOf(one: Case, document: JsonObject | undefined): Instant {
  const named = one.clock === undefined ? undefined : parseZonedTime(one.clock);
  if (named !== undefined) return named;
  const begins = timesOf(document, beginnings);
  const over = timesOf(document, ends);
  const proofs =
    document === undefined
      ? []
      : [document['proof']]
          .flat()
          .flatMap((proof: Json | undefined) => (isJsonObject(proof) ? timesOf(proof, ['created']) : []));
  const latestBeginning = Math.max(...begins, ...proofs);
  const firstEnd = Math.min(...over);
  const inside = Number.isFinite(latestBeginning) ? latestBeginning + 1000 : noClock;
  return instantOf(Number.isFinite(firstEnd) && inside >= firstEnd ? firstEnd - 1000 : inside);
}

function timesOf(document: JsonObject | undefined, names: readonly string[]): readonly number[] {
  return names.flatMap((name) => {
    const value = document?.[name];
    const zoned = typeof value === 'string' ? parseZonedTime(value) : undefined;
    const time = zoned ?? parseOldTime(value)?.at;
    return time === undefined ? [] : [millisecondsOf(time)];
  });
}
