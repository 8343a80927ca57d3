import * as v from 'valibot';
import { parseSha256, type Sha256 } from '../model/brands.ts';
import { BackpackError } from '../model/errors.ts';
import { maxManifestBytes, maxPublishedDocumentBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { hashShape, wholeNumberShape } from '../sync/shapes.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/**
 * Lays down one document, exact bytes, under its SHA-256: 201, and 200 when it is there. Nobody can read it before a
 * manifest names it; what none names within an hour is swept. Refusals: `document-differs`, `quota`,
 * `profile-taken-down` and `profile-suspended` by the operator.
 */
export const putPublishedDocument = {
  method: 'PUT',
  path: '/v1/published/docs/:hash',
  signers: ['device'],
  maxBodyBytes: maxPublishedDocumentBytes,
} as const satisfies Call;

/**
 * Publishes what the manifest in the body names, and nothing else; `main` is the public profile, any other name the
 * secret one of an unlisted collection, which takes a profile to stand. `If-Match: "<seq>"` names the manifest that this one
 * follows, "0" for none. 201 for the first, 200 after, 200 with the same body for the same manifest again.
 * Refusals: `manifest-stale` (with `manifest`), `manifest-refused`, `document-missing`, `profile-taken-down`,
 * `profile-suspended`.
 */
export const putManifest = {
  method: 'PUT',
  path: '/v1/published/manifests/:slug',
  signers: ['device'],
  maxBodyBytes: maxManifestBytes,
} as const satisfies Call;

/** Ends an unlisted collection, or with `main` the profile and all of them: 204; the documents go in the same transaction. `If-Match` as above. */
export const deleteManifest = {
  method: 'DELETE',
  path: '/v1/published/manifests/:slug',
  signers: ['device'],
  maxBodyBytes: 0,
} as const satisfies Call;

/**
 * The signed manifest of a public profile, for anyone; a page, and no call of `/v1`. Refusals: `not-found`,
 * `profile-taken-down`.
 */
export const readManifest = {
  method: 'GET',
  path: '/@:handle.jws',
  signers: [],
  maxBodyBytes: 0,
} as const satisfies Call;

/** That of an unlisted collection, for whoever has its address. */
export const readSecretManifest = {
  method: 'GET',
  path: '/@:handle/:slug.jws',
  signers: [],
  maxBodyBytes: 0,
} as const satisfies Call;

/** The one manifest that the public profile shows. */
export const mainSlug = 'main';

const manifestReplyShape = v.strictObject({
  seq: wholeNumberShape(1, Number.MAX_SAFE_INTEGER),
  h: hashShape,
});
export type ManifestReply = v.InferOutput<typeof manifestReplyShape>;

/** Reads the `:hash` of `putPublishedDocument`. Errors: `malformed-hash`. */
export function parseDocumentHash(text: string): Result<Sha256> {
  return parseSha256(text);
}

/** Reads the `:slug` of a manifest: `main`, or that of an unlisted collection. Errors: `malformed-request`. */
export function parseManifestSlug(text: string): Result<string> {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text)
    ? ok(text)
    : failed(new BackpackError('malformed-request', { member: 'slug' }));
}

/** `If-Match` of the manifest that stands, 0 for none. */
export function ifMatchOf(seq: number): string {
  return `"${seq}"`;
}

/** Reads `If-Match`. Errors: `malformed-request`. */
export function parseIfMatch(header: string | undefined): Result<number> {
  const seq = /^"(0|[1-9][0-9]{0,14})"$/.exec(header ?? '')?.[1];
  return seq === undefined
    ? failed(new BackpackError('malformed-request', { member: 'If-Match' }))
    : ok(Number(seq));
}

/** Reads the answer to `putManifest`. Errors: `companion-misbehaved`. */
export function parseManifestReply(body: Uint8Array): Result<ManifestReply> {
  return parseJsonBody(manifestReplyShape, body, 'companion-misbehaved');
}
