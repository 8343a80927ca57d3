import * as v from 'valibot';
import type { Badge } from '../model/badge.ts';
import type { Instant } from '../model/brands.ts';
import { type Bytes, utf8 } from '../model/bytes.ts';
import { canonicalJson, type Json, parseJson, parseJsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { type Outcome, outcomes } from '../model/verdict.ts';
import { parseShape } from '../sync/shapes.ts';

/** Longer no such document is: some 25,000 characters, each of which may be written in six bytes. */
export const maxSaidBytes = 160 * 1024;

const text = (length: number) => v.exactOptional(v.pipe(v.string(), v.maxLength(length)));

const saidShape = v.strictObject({
  type: v.literal('backpack-said'),
  name: v.pipe(v.string(), v.maxLength(1000)),
  description: text(10_000),
  criteria: text(10_000),
  issuerName: text(1000),
  issuer: text(2048),
  awarded: text(40),
  expires: text(40),
  outcome: v.picklist(outcomes),
  checked: v.pipe(v.string(), v.maxLength(40)),
});

/** A badge by description and result only: what it says without whom it says it of. Never shown as proven (design §9). */
export type Said = v.InferOutput<typeof saidShape>;

/** The public fields of a badge as the bytes that are published instead of its document. */
export function saidOf(badge: Badge, outcome: Outcome, checked: Instant): Bytes {
  const { achievement, issuer, awarded, expires } = badge;
  const said = {
    type: 'backpack-said',
    name: achievement.name.slice(0, 1000),
    description: achievement.description?.slice(0, 10_000),
    criteria: achievement.criteria?.narrative?.slice(0, 10_000),
    issuerName: issuer.name?.slice(0, 1000),
    issuer: issuer.id.slice(0, 2048),
    awarded,
    expires,
    outcome,
    checked,
  };
  // Through JSON text, which leaves out what is absent.
  const json = parseJson(JSON.stringify(said));
  const value: Json = json.ok ? json.value : {};
  return utf8(canonicalJson(value));
}

/** Reads such a document. Errors: `malformed-json`. */
export function parseSaid(bytes: Uint8Array): Result<Said> {
  const json = parseJsonObject(bytes);
  return json.ok ? parseShape(saidShape, json.value, 'malformed-json') : json;
}
