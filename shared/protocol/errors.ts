import * as v from 'valibot';
import { BackpackError, type ErrorCode } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { hashShape, headShape, wholeNumberShape } from '../sync/shapes.ts';
import { parseJsonBody } from './bodies.ts';

/** The status of each code that the server answers with. What is not here it answers as `unexpected`. */
export const statusOfError = {
  'malformed-request': 400,
  'malformed-json': 400,
  'too-deep': 400,
  'too-many-values': 400,
  'handle-not-allowed': 400,
  unauthorized: 401,
  revoked: 403,
  'registration-closed': 403,
  'profile-suspended': 403,
  'not-found': 404,
  'handle-taken': 409,
  'last-unlocker': 409,
  'unlocker-taken': 409,
  'mailbox-filled': 409,
  compacted: 410,
  'mailbox-closed': 410,
  'profile-taken-down': 410,
  stale: 412,
  'manifest-stale': 412,
  'too-large': 413,
  'refused-commit': 422,
  'manifest-refused': 422,
  'document-differs': 422,
  'document-missing': 422,
  'too-many-requests': 429,
  unexpected: 500,
  unavailable: 503,
  quota: 507,
} as const satisfies Partial<Record<ErrorCode, number>>;

export type ProtocolErrorCode = keyof typeof statusOfError;

const errorReplyShape = v.object({
  error: v.picklist(Object.keys(statusOfError) as ProtocolErrorCode[]),
  detail: v.exactOptional(v.pipe(v.string(), v.maxLength(300))),
  /** with `stale`: where the log has got to */
  head: v.exactOptional(headShape),
  /** with `manifest-stale`: the manifest that stands; absent when there is none */
  manifest: v.exactOptional(
    v.strictObject({ seq: wholeNumberShape(1, Number.MAX_SAFE_INTEGER), h: hashShape }),
  ),
});

/** The body of every refusal. `detail` is for people who read logs; it never echoes input. */
export type ErrorReply = v.InferOutput<typeof errorReplyShape>;

/** What stands before a server says so in words of its own: it reaches nobody behind it, or nobody in time. */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Reads a refusal. What is no such body: `unavailable` where something stands before a server that is away, otherwise
 * `companion-misbehaved` with the status as a fact.
 */
export function parseErrorReply(body: Uint8Array, status: number): Result<ErrorReply> {
  const reply = parseJsonBody(errorReplyShape, body, 'companion-misbehaved');
  if (reply.ok) return ok(reply.value);
  return gatewayStatuses.has(status)
    ? ok({ error: 'unavailable' })
    : failed(new BackpackError('companion-misbehaved', { status }));
}
