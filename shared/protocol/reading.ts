import * as v from 'valibot';
import type { Instant } from '../model/brands.ts';
import { type Bytes, base64Of, bytesOfLooseBase64 } from '../model/bytes.ts';
import type { Fetched } from '../model/effects.ts';
import { type ErrorCode, errorCodes } from '../model/errors.ts';
import { ok, type Result } from '../model/result.ts';
import { instantShape, parseShape, wholeNumberShape } from '../sync/shapes.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/**
 * Reads an address on behalf of a visitor of `/check`, whose browser was not let in there: 200 with what it answered, or
 * why nothing was read. The word for it is the server's. Only for pages of the server itself.
 */
export const readForVisitor = {
  method: 'GET',
  path: '/v1/reading',
  signers: [],
  maxBodyBytes: 0,
} as const satisfies Call;

const answerShape = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(2048)),
  status: wholeNumberShape(100, 599),
  mediaType: v.pipe(v.string(), v.maxLength(200)),
  at: instantShape,
  /** base64 */
  body: v.string(),
});
const readingReplyShape = v.union([
  v.strictObject({ answer: answerShape }),
  v.strictObject({ failed: v.picklist(errorCodes) }),
]);

/** What an address answered to the server; `url`: where, after redirects. */
export type Reading = {
  readonly url: string;
  readonly status: number;
  readonly mediaType: string;
  readonly at: Instant;
  readonly bytes: Bytes;
};
export type ReadingReply = { readonly answer: Reading } | { readonly failed: ErrorCode };

/** The body of the reply. */
export function readingReplyOf(read: Result<Fetched>): string {
  if (!read.ok) return JSON.stringify({ failed: read.error.code });
  const { url, status, mediaType, at, bytes } = read.value;
  return JSON.stringify({ answer: { url, status, mediaType, at, body: base64Of(bytes) } });
}

/** Reads the reply. Errors: `companion-misbehaved`. */
export function parseReadingReply(body: Uint8Array): Result<ReadingReply> {
  const reply = parseJsonBody(readingReplyShape, body, 'companion-misbehaved');
  if (!reply.ok || 'failed' in reply.value) return reply as Result<ReadingReply>;
  const { body: text, ...answer } = reply.value.answer;
  const bytes = bytesOfLooseBase64(text);
  return bytes === undefined
    ? parseShape(v.never(), text, 'companion-misbehaved')
    : ok({ answer: { ...answer, bytes } });
}
