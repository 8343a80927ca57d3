import * as v from 'valibot';
import { maxMailboxBytes } from '../model/limits.ts';
import type { Result } from '../model/result.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/**
 * Leaves one sealed message for a device that is joining by link: 201. It is kept for ten minutes and handed out once.
 * Refusals: `mailbox-filled` (one lies there already), `mailbox-closed` (it was fetched, or its time is over).
 */
export const fillMailbox = {
  method: 'POST',
  path: '/v1/mailbox/:id',
  signers: ['device'],
  maxBodyBytes: maxMailboxBytes,
} as const satisfies Call;

/**
 * Fetches the message, by whoever knows the name of the mailbox: 200, once.
 * Refusals: `not-found` while nothing has come, `mailbox-closed` afterwards.
 */
export const emptyMailbox = {
  method: 'GET',
  path: '/v1/mailbox/:id',
  signers: [],
  maxBodyBytes: 0,
} as const satisfies Call;

/**
 * The message is sealed to the joining device; nobody else reads it, the server included. Letters that can be seen, as
 * everything sealed is written in: not every database keeps every other.
 */
const letterShape = v.strictObject({
  box: v.pipe(v.string(), v.maxLength(maxMailboxBytes), v.regex(/^[!-~]+$/)),
});
export type Letter = v.InferOutput<typeof letterShape>;

/** Reads the body of `fillMailbox`. Errors: `malformed-request`, `malformed-json`, `too-deep`. */
export function parseFillMailboxRequest(body: Uint8Array): Result<Letter> {
  return parseJsonBody(letterShape, body, 'malformed-request');
}

/** Reads the answer to `emptyMailbox`. Errors: `companion-misbehaved`. */
export function parseEmptyMailboxReply(body: Uint8Array): Result<Letter> {
  return parseJsonBody(letterShape, body, 'companion-misbehaved');
}
