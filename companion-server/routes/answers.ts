import type { BackpackError } from '../../shared/model/errors.ts';
import { type ProtocolErrorCode, statusOfError } from '../../shared/protocol/errors.ts';
import type { Answer } from './route.ts';

export function json(status: number, value: unknown, headers: Answer['headers'] = {}): Answer {
  return { status, body: JSON.stringify(value), headers: { 'content-type': 'application/json', ...headers } };
}

export const nothing: Answer = { status: 204 };

/** A refusal as the contract has it: its code, the rule that was broken, and nothing of what was sent. */
export function refusal(error: BackpackError): Answer {
  const code = isProtocolCode(error.code) ? error.code : codeFor(error);
  const { member, n, h, seq } = error.facts;
  const where = code === 'stale' && h !== undefined ? { head: { n, h } } : {};
  const manifest = code === 'manifest-stale' && h !== undefined ? { manifest: { seq, h } } : {};
  const detail = typeof member === 'string' && member !== '' ? { detail: member } : {};
  const seconds = error.facts['seconds'];
  const wait = typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
  // Nor may a cache keep it, of a page that may otherwise be kept for a minute.
  const headers = { 'cache-control': 'no-store', ...wait };
  const answer = json(statusOfError[code], { error: code, ...detail, ...where, ...manifest }, headers);
  return error.cause === undefined ? answer : { ...answer, cause: error.cause };
}

function isProtocolCode(code: string): code is ProtocolErrorCode {
  return Object.hasOwn(statusOfError, code);
}

function codeFor({ code }: BackpackError): ProtocolErrorCode {
  return code === 'malformed-hash' ? 'malformed-request' : 'unexpected';
}
