import * as v from 'valibot';
import type { Did, Instant } from '../../shared/model/brands.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import {
  maxSuccessions,
  readSuccession,
  type Succession,
  successionShape,
} from '../../shared/publish/succession.ts';
import { type Doc, type DocId, exists, fieldOf } from '../../shared/sync/doc.ts';

/** The one document in which the learner's devices remember the identities that he had before. */
export const identityDocId: DocId = 'settings|identity';

/** The fields that remember how an identity was come to. */
export function successionFields(to: Did, succession: Succession, now: Instant): JsonObject {
  return { made: now, [fieldNamed(to)]: { ...succession } };
}

/**
 * How the learner came to an identity, oldest first. A change of root that came to nothing leaves a statement behind
 * that leads nowhere, so the way is followed back from the identity that he has.
 */
export async function successionsTo(
  identity: Did,
  doc: Doc | undefined,
): Promise<readonly [Succession, ...Succession[]] | undefined> {
  const way: Succession[] = [];
  let at: Did | undefined = identity;
  while (at !== undefined && way.length < maxSuccessions) {
    const value: unknown = doc !== undefined && exists(doc) ? fieldOf(doc, fieldNamed(at)) : undefined;
    const statement = v.is(successionShape, value) ? await readSuccession(value) : undefined;
    if (statement === undefined || statement.to !== at || !v.is(successionShape, value)) break;
    way.unshift(value);
    at = statement.from;
  }
  const [first, ...rest] = way;
  return first === undefined ? undefined : [first, ...rest];
}

function fieldNamed(to: Did): string {
  return `to:${to}`;
}
