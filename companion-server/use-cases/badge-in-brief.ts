import type { Badge } from '../../shared/model/badge.ts';
import { isJsonObject, type Json } from '../../shared/model/json.ts';

/** Longest text that is kept of a badge. */
export const maxTextLength = 10_000;
/** How long its texts are together where its lists end. */
export const maxLengthInAll = 64_000;

/**
 * What a badge says, at a length that pages show: a profile of thousands of badges is read in one piece, and a document
 * may hold two million letters. All of it stands in the document, which lies beside it.
 */
export function inBrief(badge: Badge): Badge {
  // Plain data: it was kept as JSON before, and is again.
  return cut(JSON.parse(JSON.stringify(badge)) as Json, { left: maxLengthInAll }) as unknown as Badge;
}

function cut(value: Json, room: { left: number }): Json {
  if (typeof value === 'string') {
    const kept = value.length > maxTextLength ? `${value.slice(0, maxTextLength)}…` : value;
    room.left -= kept.length;
    return kept;
  }
  if (Array.isArray(value)) {
    const entries: Json[] = [];
    for (const entry of value as readonly Json[]) if (room.left > 0) entries.push(cut(entry, room));
    return entries;
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cut(inner, room)]));
}
