import * as v from 'valibot';
import { parseJsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { handleShape, parseShape } from '../sync/shapes.ts';
import type { Call } from './call.ts';

/**
 * Takes a handle for the account; one each. 201, also for the one that it has already.
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

const handleBodyShape = v.strictObject({ handle: handleShape });
/** Request and answer alike. */
export type HandleBody = v.InferOutput<typeof handleBodyShape>;

/** Reads the body of `putHandle`. Errors: `handle-not-allowed`, `malformed-json`, `too-deep`. */
export function parseHandleRequest(body: Uint8Array): Result<HandleBody> {
  const json = parseJsonObject(body);
  return json.ok ? parseShape(handleBodyShape, json.value, 'handle-not-allowed') : json;
}

/** Reads the answer to `putHandle`. Errors: `companion-misbehaved`. */
export function parseHandleReply(body: Uint8Array): Result<HandleBody> {
  const json = parseJsonObject(body);
  return json.ok ? parseShape(handleBodyShape, json.value, 'companion-misbehaved') : json;
}
