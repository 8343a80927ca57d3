import * as v from 'valibot';
import type { Result } from '../model/result.ts';
import { wholeNumberShape } from '../sync/shapes.ts';
import { parseJsonBody } from './bodies.ts';
import type { Call } from './call.ts';

/** What the server is and how much it takes. */
export const getMeta = {
  method: 'GET',
  path: '/v1/meta',
  signers: [],
  maxBodyBytes: 0,
} as const satisfies Call;
/** A nonce, in the header that every answer carries; 204. */
export const headNonce = {
  method: 'HEAD',
  path: '/v1/nonce',
  signers: [],
  maxBodyBytes: 0,
} as const satisfies Call;

const count = wholeNumberShape(0, Number.MAX_SAFE_INTEGER);

// Not strict: a later server may say more about itself.
const metaReplyShape = v.object({
  api: v.literal('v1'),
  software: v.pipe(v.string(), v.maxLength(100)),
  /** what addresses in signed requests begin with */
  origin: v.pipe(v.string(), v.maxLength(300)),
  registration: v.picklist(['open', 'closed']),
  limits: v.object({
    recordBytes: count,
    commitRecords: count,
    pushBytes: count,
    accountBytes: count,
    publishedDocumentBytes: count,
  }),
});
export type MetaReply = v.InferOutput<typeof metaReplyShape>;

/** Reads the answer to `getMeta`. Errors: `companion-misbehaved`, also for another version of the API. */
export function parseMetaReply(body: Uint8Array): Result<MetaReply> {
  return parseJsonBody(metaReplyShape, body, 'companion-misbehaved');
}
