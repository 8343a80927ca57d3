import * as v from 'valibot';
import { type Bytes, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, parseJson } from '../model/json.ts';
import { maxCommitLength, maxCommitRecords, maxPageCommits, maxSealedBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { hashShape, headShape, parseShape, wholeNumberShape } from '../sync/shapes.ts';
import type { LogPage, LogQuery, SealedRecord } from '../sync/transport.ts';
import type { Call } from './call.ts';
import { joinParts, splitParts } from './framing.ts';

export type { LogPage, LogQuery, SealedRecord };

/**
 * A page of the log: commits after `after` in order (-1 from the genesis on), and the current bytes of the records
 * whose latest commit lies in the page. A page ends before it weighs more than `maxPageBytes` (each commit its
 * length, each record its bytes and `pageRecordBytes`), but has at least one commit when one is left.
 * Refusals: `revoked`, `compacted`.
 */
export const readLog = {
  method: 'GET',
  path: '/v1/log',
  signers: ['device', 'account'],
  maxBodyBytes: 0,
} as const satisfies Call;

/** `readLog` with its query, as it is signed and asked. */
export function logPath(query: LogQuery): string {
  return `${readLog.path}?after=${query.after}&limit=${query.limit}`;
}

/** Reads the query of `readLog`; `limit` may be absent. Errors: `malformed-request`. */
export function parseLogQuery(query: Readonly<Record<string, string | undefined>>): Result<LogQuery> {
  const after = wholeNumberOf(query['after']);
  const limit = query['limit'] === undefined ? maxPageCommits : wholeNumberOf(query['limit']);
  const fits =
    after !== undefined && after >= -1 && limit !== undefined && limit >= 1 && limit <= maxPageCommits;
  return fits ? ok({ after, limit }) : failed(new BackpackError('malformed-request', { member: 'query' }));
}

const pageShape = v.strictObject({
  head: headShape,
  more: v.boolean(),
  commits: v.pipe(v.array(v.pipe(v.string(), v.maxLength(maxCommitLength))), v.maxLength(maxPageCommits)),
  records: v.pipe(
    v.array(v.strictObject({ id: hashShape, rev: wholeNumberShape(1, Number.MAX_SAFE_INTEGER) })),
    v.maxLength(maxPageCommits * maxCommitRecords),
  ),
});

/** The body of a page: first its JSON, then the bytes of each record it lists. */
export function logBodyOf(page: LogPage): Bytes {
  const listed = { ...page, records: page.records.map(({ id, rev }) => ({ id, rev })) };
  return joinParts([utf8(JSON.stringify(listed)), ...page.records.map(({ bytes }) => bytes)]);
}

/** Reads a page. What it says is not believed before the chain has judged it. Errors: `companion-misbehaved`. */
export function parseLogPage(body: Uint8Array): Result<LogPage> {
  const parts = splitParts(body, 1 + maxPageCommits * maxCommitRecords);
  const [first, ...bytes] = parts.ok ? parts.value : [];
  const text = first === undefined ? undefined : textOf(first);
  const json = text === undefined ? undefined : parseJson(text);
  if (json?.ok !== true || !isJsonObject(json.value)) return misbehaved();
  const page = parseShape(pageShape, json.value, 'companion-misbehaved');
  if (!page.ok) return page;
  if (bytes.length !== page.value.records.length) return misbehaved();
  const records = page.value.records.map((record, index) => ({
    ...record,
    bytes: bytes[index] ?? new Uint8Array(),
  }));
  if (records.some((record) => record.bytes.length > maxSealedBytes)) return misbehaved();
  return ok({ ...page.value, records });
}

/** A whole number from -1 on, written in its one way; `undefined` for anything else. */
export function wholeNumberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^(-1|0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined;
}

function misbehaved(): Result<never> {
  return failed(new BackpackError('companion-misbehaved', { member: 'page' }));
}
