import * as v from 'valibot';
import { millisecondsOf } from '../model/brands.ts';
import { base64UrlOf, type Digest, sha256Of } from '../model/bytes.ts';
import type { Clock, Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { maxAuthorizationLength } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type CompactJws, parseCompactJws, type Signer, signCompactJws } from '../sync/compact-jws.ts';
import { type AccountId, base64UrlShape, hashShape, parseShape, wholeNumberShape } from '../sync/shapes.ts';
import { authorizationScheme } from './call.ts';

const signedRequestShape = v.strictObject({
  /** absent only for the recovery unlock, which does not know it yet */
  acct: v.exactOptional(hashShape),
  m: v.picklist(['GET', 'HEAD', 'POST', 'PUT', 'DELETE']),
  /** the whole address asked: public origin, path and query */
  u: v.pipe(v.string(), v.maxLength(512)),
  /** SHA-256 of the body, or '' without one */
  b: v.union([hashShape, v.literal('')]),
  nonce: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,128}$/)),
  jti: base64UrlShape(16),
  /** seconds; for logs alone, so that no clock of a client ever matters */
  iat: wholeNumberShape(0, Number.MAX_SAFE_INTEGER),
});

/** What the signature of a request covers (design §3). */
export type SignedRequest = v.InferOutput<typeof signedRequestShape>;

/** A request as it is about to be sent. */
export type RequestToSign = {
  readonly method: SignedRequest['m'];
  /** origin, path and query, exactly as it goes out */
  readonly address: string;
  /** the exact bytes; absent and empty are the same */
  readonly body?: Uint8Array;
  readonly account?: AccountId;
  readonly nonce: string;
};

/** The value of the `Authorization` header for a request; its id is fresh with every call. */
export async function signRequest(
  request: RequestToSign,
  signer: Signer,
  effects: { readonly random: Random; readonly clock: Clock },
): Promise<string> {
  const payload: SignedRequest = {
    ...(request.account === undefined ? {} : { acct: request.account }),
    m: request.method,
    u: request.address,
    // Without a body nothing is waited for: the signature is begun at once.
    b: request.body === undefined ? '' : await bodyHashOf(request.body, sha256Of),
    nonce: request.nonce,
    jti: base64UrlOf(effects.random(16)),
    iat: Math.floor(millisecondsOf(effects.clock()) / 1000),
  };
  return `${authorizationScheme} ${await signCompactJws('backpack-req', payload, signer)}`;
}

/** A signed request taken apart; `verifyCompactJws(jws, key)` tells whether `key` made it. */
export type ParsedRequest = { readonly jws: CompactJws; readonly request: SignedRequest };

/**
 * Reads an `Authorization` header: size, header allow-list, form. Who `kid` is, the signature, revocation, nonce and
 * `jti` are the server's to check, in the order of design §3. Errors: `unauthorized`, whatever is wrong.
 */
export function parseSignedRequest(authorization: string): Result<ParsedRequest> {
  if (authorization.length > maxAuthorizationLength) return failed(new BackpackError('unauthorized'));
  if (!authorization.startsWith(`${authorizationScheme} `)) return failed(new BackpackError('unauthorized'));
  const token = authorization.slice(authorizationScheme.length + 1);
  const jws = parseCompactJws(token, 'backpack-req', maxAuthorizationLength);
  if (!jws.ok) return jws;
  const request = parseShape(signedRequestShape, jws.value.payload, 'unauthorized');
  if (!request.ok || request.value.jti.length !== 22) return failed(new BackpackError('unauthorized'));
  return ok({ jws: jws.value, request: request.value });
}

/**
 * True when the signed words are those of the request that came. `address`: made of `PUBLIC_ORIGIN`, never of `Host`.
 * `digest`: a host's own SHA-256, where that is nearer than WebCrypto's.
 */
export async function requestMatches(
  signed: SignedRequest,
  came: { readonly method: string; readonly address: string; readonly body?: Uint8Array },
  digest: Digest = sha256Of,
): Promise<boolean> {
  const { method, address, body } = came;
  return signed.m === method && signed.u === address && signed.b === (await bodyHashOf(body, digest));
}

async function bodyHashOf(body: Uint8Array | undefined, digest: Digest): Promise<SignedRequest['b']> {
  return body === undefined || body.length === 0 ? '' : digest(body);
}
