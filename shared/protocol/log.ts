import * as v from 'valibot';
import { type Bytes, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { maxCommitRecords, maxPageCommits } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { hashShape, headShape, wholeNumberShape } from '../sync/shapes.ts';
import type { LogPage, LogQuery, SealedRecord } from '../sync/transport.ts';
import { commitTextsShape, misbehaved, parseSealedReply } from './bodies.ts';
import type { Call } from './call.ts';
import { joinParts } from './framing.ts';

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
  commits: commitTextsShape,
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
  const reply = parseSealedReply(pageShape, body, maxPageCommits * maxCommitRecords, 'page');
  if (!reply.ok) return reply;
  const { said, bytes } = reply.value;
  const records = said.records.flatMap((record, index) => {
    const part = bytes[index];
    return part === undefined ? [] : [{ ...record, bytes: part }];
  });
  if (records.length !== said.records.length || bytes.length !== records.length) return misbehaved('page');
  return ok({ ...said, records });
}

/** A whole number from -1 on, written in its one way; `undefined` for anything else. */
export function wholeNumberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^(-1|0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined;
}
