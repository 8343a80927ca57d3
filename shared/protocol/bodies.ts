import * as v from 'valibot';
import { textOf } from '../model/bytes.ts';
import { BackpackError, type ErrorCode } from '../model/errors.ts';
import { parseJson, parseJsonObject } from '../model/json.ts';
import { maxCommitLength, maxPageCommits, maxSealedBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { parseShape } from '../sync/shapes.ts';
import { splitParts } from './framing.ts';

/** The commits of one page, as text. */
export const commitTextsShape = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(maxCommitLength))),
  v.maxLength(maxPageCommits),
);

/** Reads a body of JSON. Errors: `code` where it has another form, `malformed-json`, `too-deep`, `too-many-values`. */
export function parseJsonBody<Shape extends v.GenericSchema>(
  shape: Shape,
  body: Uint8Array,
  code: ErrorCode,
): Result<v.InferOutput<Shape>> {
  const json = parseJsonObject(body);
  return json.ok ? parseShape(shape, json.value, code) : json;
}

/**
 * Reads a reply of sealed bytes: first what is said of them, as JSON, then at most `maxParts` of them.
 * Errors: `companion-misbehaved`, with `member`.
 */
export function parseSealedReply<Shape extends v.GenericSchema>(
  shape: Shape,
  body: Uint8Array,
  maxParts: number,
  member: string,
): Result<{ readonly said: v.InferOutput<Shape>; readonly bytes: readonly Uint8Array[] }> {
  const parts = splitParts(body, 1 + maxParts);
  const [first, ...bytes] = parts.ok ? parts.value : [];
  const text = first === undefined ? undefined : textOf(first);
  const json = text === undefined ? undefined : parseJson(text);
  if (json?.ok !== true || bytes.some(({ length }) => length > maxSealedBytes)) return misbehaved(member);
  const said = parseShape(shape, json.value, 'companion-misbehaved');
  return said.ok ? ok({ said: said.value, bytes }) : said;
}

/** A reply that does not hold together. */
export function misbehaved(member: string): Result<never> {
  return failed(new BackpackError('companion-misbehaved', { member }));
}
