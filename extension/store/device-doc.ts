import * as v from 'valibot';
import type { Instant, Kid } from '../../shared/model/brands.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { type Doc, type DocId, exists, fieldOf } from '../../shared/sync/doc.ts';
import { instantShape } from '../../shared/sync/shapes.ts';

/** What the learner's devices know of one of them: sealed like everything, so that no server learns a name. */
export type KeptDevice = {
  /** the learner's own name for it, or what the browser calls itself */
  readonly name: string;
  /** about when it last synced, to the day */
  readonly seen?: Instant;
  /** when its backpack was wiped from it by the learner's wish */
  readonly left?: Instant;
};

export const maxDeviceNameLength = 80;

/** The document of one device. */
export function deviceDocId(kid: Kid): DocId {
  return `device|${kid}`;
}

/** Reads a device's document; `undefined` where there is none. */
export function keptDeviceOf(doc: Doc | undefined): KeptDevice | undefined {
  if (doc === undefined || !exists(doc)) return undefined;
  const name = fieldOf(doc, 'name');
  const seen = instantIn(doc, 'seen');
  const left = instantIn(doc, 'left');
  return {
    name: typeof name === 'string' ? name.slice(0, maxDeviceNameLength) : '',
    ...(seen === undefined ? {} : { seen }),
    ...(left === undefined ? {} : { left }),
  };
}

/** The fields of a device that is written down for the first time. */
export function newDeviceFields(name: string, now: Instant): JsonObject {
  return { made: now, name, seen: now };
}

function instantIn(doc: Doc, field: string): Instant | undefined {
  const value = fieldOf(doc, field);
  return v.is(instantShape, value) ? value : undefined;
}
