import * as v from 'valibot';
import type { Instant } from '../../shared/model/brands.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { type Doc, type DocId, exists, fieldOf } from '../../shared/sync/doc.ts';
import { instantShape } from '../../shared/sync/shapes.ts';

/** The one document in which the learner's devices remember when each way to open the backpack was made. */
export const unlockersDocId: DocId = 'settings|unlockers';

/** The fields that remember one more of them. */
export function madeUnlockerFields(id: string, now: Instant, name?: string): JsonObject {
  return { made: now, [fieldNamed(id)]: now, ...(name === undefined ? {} : { [`name:${id}`]: name }) };
}

/** What an unlocker is called, where it has a name. */
export function unlockerNameOf(doc: Doc | undefined, id: string): string | undefined {
  if (doc === undefined || !exists(doc)) return undefined;
  const value = fieldOf(doc, `name:${id}`);
  return typeof value === 'string' ? value : undefined;
}

/** When an unlocker was made; `undefined` where nobody wrote it down. */
export function unlockerMadeAt(doc: Doc | undefined, id: string): Instant | undefined {
  if (doc === undefined || !exists(doc)) return undefined;
  const value = fieldOf(doc, fieldNamed(id));
  return v.is(instantShape, value) ? value : undefined;
}

function fieldNamed(id: string): string {
  return `made:${id}`;
}
