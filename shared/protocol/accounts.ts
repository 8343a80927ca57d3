import * as v from 'valibot';
import { maxCommitLength, maxSmallBodyBytes, maxUnlockers } from '../model/limits.ts';
import type { Result } from '../model/result.ts';
import { hashShape, headShape } from '../sync/shapes.ts';
import { unlockerShape } from '../sync/unlocker.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/**
 * Opens an account: 201, and 200 with the same body for the same genesis again.
 * Refusals: `registration-closed`, `refused-commit` (the genesis or its set of unlockers does not hold together).
 */
export const createAccount = {
  method: 'POST',
  path: '/v1/accounts',
  signers: ['genesis'],
  maxBodyBytes: maxSmallBodyBytes,
} as const satisfies Call;

/** Deletes the account and everything in it but the reservation of its handle: 204. */
export const removeAccount = {
  method: 'DELETE',
  path: '/v1/account',
  signers: ['account'],
  maxBodyBytes: 0,
} as const satisfies Call;

/**
 * All that the server keeps for the account, as lines of JSON (`application/x-ndjson`) that end with `end`: no more
 * than a device may read piece by piece, and as sealed as it is kept. Refusals: `revoked`.
 */
export const exportAccount = {
  method: 'GET',
  path: '/v1/account/export',
  signers: ['device', 'account'],
  maxBodyBytes: 0,
} as const satisfies Call;

const createAccountShape = v.strictObject({
  genesis: v.pipe(v.string(), v.maxLength(maxCommitLength)),
  unlockers: v.pipe(
    v.array(unlockerShape),
    v.minLength(1),
    v.maxLength(maxUnlockers),
    v.check((unlockers) => new Set(unlockers.map(({ id }) => id)).size === unlockers.length),
  ),
});
export type CreateAccountRequest = v.InferOutput<typeof createAccountShape>;

const createAccountReplyShape = v.strictObject({ account: hashShape, head: headShape });
export type CreateAccountReply = v.InferOutput<typeof createAccountReplyShape>;

/** Reads the body of `createAccount`. Errors: `malformed-request`, `malformed-json`, `too-deep`. */
export function parseCreateAccountRequest(body: Uint8Array): Result<CreateAccountRequest> {
  return parseJsonBody(createAccountShape, body, 'malformed-request');
}

/** Reads the answer to `createAccount`. Errors: `companion-misbehaved`. */
export function parseCreateAccountReply(body: Uint8Array): Result<CreateAccountReply> {
  return parseJsonBody(createAccountReplyShape, body, 'companion-misbehaved');
}
