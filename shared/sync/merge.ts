import { canonicalJson } from '../model/json.ts';
import { type Doc, type Field, unknownOf } from './doc.ts';
import { laterStamp } from './stamp.ts';

/**
 * Two states of one document as one (design §6): the later wipe; of each field the later value; nothing stamped at or
 * before the wipe. Pure, commutative, associative, idempotent, and it reads no clock: whatever the order in which states
 * reach a device, and whatever its clock says, all devices end with the same document.
 */
export function merge(a: Doc, b: Doc): Doc {
  const w = laterStamp(a.w, b.w);
  const names = new Set([...Object.keys(a.f), ...Object.keys(b.f)]);
  const fields = [...names].sort().flatMap((name): [string, Field][] => {
    const field = laterField(a.f[name], b.f[name]);
    return field === undefined || field[1] <= w ? [] : [[name, field]];
  });
  const unknown = unknownOf(isLater(a, b) ? a : b);
  return { ...unknown, id: a.id, t: a.t, v: Math.max(a.v, b.v), w, f: Object.fromEntries(fields) };
}

/** True when both say the same, whatever the order of their members. */
export function sameDoc(a: Doc, b: Doc): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Members that this version does not know go with the later version of the two, or by their text, alike everywhere. */
function isLater(a: Doc, b: Doc): boolean {
  return a.v === b.v ? canonicalJson(unknownOf(a)) >= canonicalJson(unknownOf(b)) : a.v > b.v;
}

/** Equal stamps happen only where one device wrote twice at once; then the text decides, the same way everywhere. */
function laterField(a: Field | undefined, b: Field | undefined): Field | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a[1] !== b[1]) return a[1] > b[1] ? a : b;
  return canonicalJson(a[0]) >= canonicalJson(b[0]) ? a : b;
}
