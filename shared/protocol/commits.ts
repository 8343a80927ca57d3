import * as v from 'valibot';
import { type Bytes, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { maxCommitRecords, maxPushBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { headShape } from '../sync/shapes.ts';
import type { Push } from '../sync/transport.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';
import { joinParts, splitParts } from './framing.ts';

export type PushRequest = Push;

/**
 * Appends one commit with its sealed records, wholly or not at all: 201, and 200 with the same body for the same
 * commit again. Refusals: `revoked`, `stale` (with `head`), `refused-commit`, `quota`.
 */
export const pushCommit = {
  method: 'POST',
  path: '/v1/commits',
  signers: ['device', 'account'],
  maxBodyBytes: maxPushBytes,
} as const satisfies Call;

const pushReplyShape = v.strictObject({ head: headShape });
/** The head that this commit became; the same also when the log has since gone on. */
export type PushReply = v.InferOutput<typeof pushReplyShape>;

/** The body of `pushCommit`: u32-length-prefixed parts, the commit first. */
export function pushBodyOf(request: Push): Bytes {
  return joinParts([utf8(request.commit), ...request.records]);
}

/** Reads the body of `pushCommit`; whether parts and commit agree is judged with the commit. Errors: `malformed-request`. */
export function parsePushRequest(body: Uint8Array): Result<Push> {
  const parts = splitParts(body, maxCommitRecords + 1);
  if (!parts.ok) return parts;
  const [first, ...records] = parts.value;
  const commit = first === undefined ? undefined : textOf(first);
  return commit === undefined
    ? failed(new BackpackError('malformed-request', { member: 'commit' }))
    : ok({ commit, records });
}

/** Reads the answer to `pushCommit`. Errors: `companion-misbehaved`. */
export function parsePushReply(body: Uint8Array): Result<PushReply> {
  return parseJsonBody(pushReplyShape, body, 'companion-misbehaved');
}
