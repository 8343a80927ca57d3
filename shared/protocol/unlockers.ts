import * as v from 'valibot';
import { maxCommitLength, maxKeyringBytes, maxSmallBodyBytes, maxUnlockers } from '../model/limits.ts';
import type { Result } from '../model/result.ts';
import { base64UrlShape, hashShape, headShape } from '../sync/shapes.ts';
import { unlockerShape } from '../sync/unlocker.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/**
 * Keeps one more unlocker, together with the key commit that names the new set: 204.
 * Refusals: `unlocker-taken`, `stale`, `refused-commit`.
 */
export const putUnlocker = {
  method: 'PUT',
  path: '/v1/unlockers/:id',
  signers: ['account'],
  maxBodyBytes: maxSmallBodyBytes,
} as const satisfies Call;

/** Every unlocker that is kept, sealed as it was given: 200. The chain names the set by its hash. */
export const listUnlockers = {
  method: 'GET',
  path: '/v1/unlockers',
  signers: ['device', 'account'],
  maxBodyBytes: 0,
} as const satisfies Call;

/** Drops an unlocker with the key commit that names what is left: 204. Refusals as above, and `last-unlocker`. */
export const deleteUnlocker = {
  method: 'DELETE',
  path: '/v1/unlockers/:id',
  signers: ['account'],
  maxBodyBytes: maxSmallBodyBytes,
} as const satisfies Call;

/**
 * Hands out the wrap that belongs to a recovery code: 200. Whatever is wrong: the same `unauthorized`.
 * The only call whose signed request names no account.
 */
export const unlockByRecovery = {
  method: 'POST',
  path: '/v1/unlock/recovery',
  signers: ['recovery'],
  maxBodyBytes: 0,
} as const satisfies Call;

const commitText = v.pipe(v.string(), v.maxLength(maxCommitLength));
const putUnlockerShape = v.strictObject({ unlocker: unlockerShape, commit: commitText });
const deleteUnlockerShape = v.strictObject({ commit: commitText });
const listUnlockersReplyShape = v.strictObject({
  unlockers: v.pipe(v.array(unlockerShape), v.maxLength(maxUnlockers)),
});
const unlockReplyShape = v.strictObject({
  account: hashShape,
  unlocker: unlockerShape,
  /** as the newest key commit has it, so that the log can be read in one pass; the chain is asked again afterwards */
  keyring: base64UrlShape(maxKeyringBytes),
  head: headShape,
});

export type PutUnlockerRequest = v.InferOutput<typeof putUnlockerShape>;
export type DeleteUnlockerRequest = v.InferOutput<typeof deleteUnlockerShape>;
export type ListUnlockersReply = v.InferOutput<typeof listUnlockersReplyShape>;
/** `head` is only as good as the server: a first contact cannot tell an old one (design §7). */
export type UnlockReply = v.InferOutput<typeof unlockReplyShape>;

/** Reads the body of `putUnlocker`. Errors: `malformed-request`, `malformed-json`, `too-deep`. */
export function parsePutUnlockerRequest(body: Uint8Array): Result<PutUnlockerRequest> {
  return parseJsonBody(putUnlockerShape, body, 'malformed-request');
}

/** Reads the body of `deleteUnlocker`. Errors: `malformed-request`, `malformed-json`, `too-deep`. */
export function parseDeleteUnlockerRequest(body: Uint8Array): Result<DeleteUnlockerRequest> {
  return parseJsonBody(deleteUnlockerShape, body, 'malformed-request');
}

/** Reads the answer to `listUnlockers`. Errors: `companion-misbehaved`. */
export function parseListUnlockersReply(body: Uint8Array): Result<ListUnlockersReply> {
  return parseJsonBody(listUnlockersReplyShape, body, 'companion-misbehaved');
}

/** Reads the answer to `unlockByRecovery`. Errors: `companion-misbehaved`. */
export function parseUnlockReply(body: Uint8Array): Result<UnlockReply> {
  return parseJsonBody(unlockReplyShape, body, 'companion-misbehaved');
}
