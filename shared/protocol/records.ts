import * as v from 'valibot';
import { type Bytes, utf8 } from '../model/bytes.ts';
import { ok, type Result } from '../model/result.ts';
import { hashShape, wholeNumberShape } from '../sync/shapes.ts';
import type { SealedRecord } from '../sync/transport.ts';
import { misbehaved, parseSealedReply } from './bodies.ts';
import type { Call } from './call.ts';
import { joinParts } from './framing.ts';

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
  const reply = parseSealedReply(recordShape, body, 1, 'record');
  if (!reply.ok) return reply;
  const [bytes] = reply.value.bytes;
  return bytes === undefined ? misbehaved('record') : ok({ ...reply.value.said, bytes });
}
