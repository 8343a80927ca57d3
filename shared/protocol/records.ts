import * as v from 'valibot';
import { type Bytes, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { parseJson } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { hashShape, parseShape, wholeNumberShape } from '../sync/shapes.ts';
import type { SealedRecord } from '../sync/transport.ts';
import type { Call } from './call.ts';
import { joinParts, splitParts } from './framing.ts';

/** The newest sealed version of one record. Refusals: `revoked`, `not-found`. */
export const readRecord = {
  method: 'GET',
  path: '/v1/records/:id',
  signers: ['device'],
  maxBodyBytes: 0,
} as const satisfies Call;

const recordShape = v.strictObject({ id: hashShape, rev: wholeNumberShape(1, Number.MAX_SAFE_INTEGER) });

/** The body of an answer: `{ id, rev }`, then the sealed bytes. */
export function recordBodyOf(record: SealedRecord): Bytes {
  return joinParts([utf8(JSON.stringify({ id: record.id, rev: record.rev })), record.bytes]);
}

/** Reads the answer to `readRecord`. Errors: `companion-misbehaved`. */
export function parseRecordReply(body: Uint8Array): Result<SealedRecord> {
  const parts = splitParts(body, 2);
  const [first, bytes] = parts.ok ? parts.value : [];
  const json = first === undefined ? undefined : parseJson(textOf(first) ?? '');
  const record = json?.ok === true ? parseShape(recordShape, json.value, 'companion-misbehaved') : undefined;
  return record?.ok === true && bytes !== undefined
    ? ok({ ...record.value, bytes })
    : failed(new BackpackError('companion-misbehaved', { member: 'record' }));
}
