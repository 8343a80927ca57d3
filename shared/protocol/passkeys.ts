import * as v from 'valibot';
import { maxSmallBodyBytes } from '../model/limits.ts';
import type { Result } from '../model/result.ts';
import { base64UrlShape } from '../sync/shapes.ts';
import { credentialShape } from '../sync/unlocker.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/** What a passkey signs once, within the lifetime of a nonce: 200. Says nothing about any account. */
export const passkeyOptions = {
  method: 'POST',
  path: '/v1/unlock/passkey/options',
  signers: [],
  maxBodyBytes: 0,
} as const satisfies Call;

/**
 * Hands out the wrap that belongs to a passkey, to whoever proves to hold it: 200, with the body of `unlockByRecovery`.
 * Whatever is wrong: the same `unauthorized`.
 */
export const unlockByPasskey = {
  method: 'POST',
  path: '/v1/unlock/passkey',
  signers: [],
  maxBodyBytes: maxSmallBodyBytes,
} as const satisfies Call;

const optionsReplyShape = v.strictObject({ challenge: base64UrlShape(128) });

/** What an authenticator answers (WebAuthn §5.2.2), its bytes as they came. The output of PRF is not among it. */
const assertionShape = v.strictObject({
  credential: credentialShape,
  clientData: base64UrlShape(4096),
  authenticatorData: base64UrlShape(4096),
  signature: base64UrlShape(1024),
});
export type PasskeyAssertion = v.InferOutput<typeof assertionShape>;

/** Reads the answer to `passkeyOptions`. Errors: `companion-misbehaved`. */
export function parsePasskeyOptionsReply(body: Uint8Array): Result<v.InferOutput<typeof optionsReplyShape>> {
  return parseJsonBody(optionsReplyShape, body, 'companion-misbehaved');
}

/** Reads the body of `unlockByPasskey`. Errors: `malformed-request`, `malformed-json`, `too-deep`. */
export function parsePasskeyAssertion(body: Uint8Array): Result<PasskeyAssertion> {
  return parseJsonBody(assertionShape, body, 'malformed-request');
}
