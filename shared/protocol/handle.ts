import * as v from 'valibot';
import type { Result } from '../model/result.ts';
import { handleShape } from '../sync/shapes.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/**
 * Takes a handle for the account; one each. 201, also for the one that it has already. With `move` it takes the place of
 * another that the account has, in one step: where it is published, the old address then leads to the new one for 90
 * days, or until the profile is unpublished.
 * Refusals: `handle-not-allowed`, `handle-taken` (taken, reserved, or the account has another), and while the operator
 * has closed the profile `profile-taken-down`, `profile-suspended`.
 */
export const putHandle = {
  method: 'PUT',
  path: '/v1/handle',
  signers: ['account'],
  maxBodyBytes: 1024,
} as const satisfies Call;

/**
 * Gives the handle back and ends what is published under it: 204, also when there is none. Refusals: while the operator
 * has closed the profile `profile-taken-down`, `profile-suspended`.
 */
export const deleteHandle = {
  method: 'DELETE',
  path: '/v1/handle',
  signers: ['account'],
  maxBodyBytes: 0,
} as const satisfies Call;

const handleReplyShape = v.strictObject({ handle: handleShape });
const handleRequestShape = v.strictObject({ handle: handleShape, move: v.exactOptional(v.literal(true)) });
export type HandleReply = v.InferOutput<typeof handleReplyShape>;
export type HandleRequest = v.InferOutput<typeof handleRequestShape>;

/** Reads the body of `putHandle`. Errors: `handle-not-allowed`, `malformed-json`, `too-deep`. */
export function parseHandleRequest(body: Uint8Array): Result<HandleRequest> {
  return parseJsonBody(handleRequestShape, body, 'handle-not-allowed');
}

/** Reads the answer to `putHandle`. Errors: `companion-misbehaved`. */
export function parseHandleReply(body: Uint8Array): Result<HandleReply> {
  return parseJsonBody(handleReplyShape, body, 'companion-misbehaved');
}
