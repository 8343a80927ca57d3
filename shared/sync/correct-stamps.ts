import type { Doc, Field } from './doc.ts';
import { nextStamp, partsOf, type Stamp, type StampDevice } from './stamp.ts';

/** A clock further off than this has its stamps corrected before they are first sent (design §6). */
export const toleratedClockErrorMs = 5 * 60 * 1000;

/**
 * Documents with the stamps of one device moved by `offset` milliseconds (what the server's clock shows more than this
 * device's), their order kept. For what was never sent: a clock that was years off would otherwise win, or lose, against
 * every other device for years. `newest`: the latest stamp given, for the device's clock to go on from.
 */
export function correctStamps(
  docs: readonly Doc[],
  device: StampDevice,
  offset: number,
): { readonly docs: readonly Doc[]; readonly newest: Stamp | '' } {
  const own = new Set<Stamp>();
  const collect = (stamp: Stamp | ''): void => {
    if (stamp !== '' && partsOf(stamp).device === device) own.add(stamp);
  };
  for (const doc of docs) {
    collect(doc.w);
    for (const [, stamp] of Object.values(doc.f)) collect(stamp);
  }
  const corrected = new Map<Stamp, Stamp>();
  let newest: Stamp | '' = '';
  for (const stamp of [...own].sort()) {
    newest = nextStamp(newest, partsOf(stamp).milliseconds + offset, device);
    corrected.set(stamp, newest);
  }
  return { docs: docs.map((doc) => withStamps(doc, corrected)), newest };
}

function withStamps(doc: Doc, corrected: ReadonlyMap<Stamp, Stamp>): Doc {
  const fields = Object.entries(doc.f).map(([name, [value, stamp]]): [string, Field] => [
    name,
    [value, corrected.get(stamp) ?? stamp],
  ]);
  return { ...doc, w: doc.w === '' ? '' : (corrected.get(doc.w) ?? doc.w), f: Object.fromEntries(fields) };
}
