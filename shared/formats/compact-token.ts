import { bytesOfBase64Url, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, parseJsonObject } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { CompactToken } from '../model/subject.ts';

/** Longest token that is taken apart, in characters: 1 MiB of payload and its dress. */
export const maxTokenLength = 1_500_000;

/**
 * Takes a compact JWS apart; header and payload must be JSON objects, the signature may be empty (then no algorithm
 * that we take will find it good). Nothing is verified. Errors: `malformed-json`. Source: RFC 7515 §5.2, §7.1.
 */
export function parseCompactToken(text: string): Result<CompactToken> {
  const trimmed = text.trim();
  const parts = trimmed.length > maxTokenLength ? [] : trimmed.split('.', 4);
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined)
    return malformed('parts');
  const signatureBytes = bytesOfBase64Url(signature);
  if (signatureBytes === undefined) return malformed('signature');
  const headerObject = parsePart(header);
  if (!headerObject.ok) return malformed('header');
  const payloadObject = parsePart(payload);
  if (!payloadObject.ok || !isJsonObject(payloadObject.value)) return malformed('payload');
  return ok({
    text: trimmed,
    header: headerObject.value,
    payload: payloadObject.value,
    signed: utf8(`${header}.${payload}`),
    signature: signatureBytes,
  });
}

function parsePart(part: string) {
  return parseJsonObject(bytesOfBase64Url(part) ?? new Uint8Array());
}

function malformed(part: string): Result<never> {
  return failed(new BackpackError('malformed-json', { token: part }));
}
