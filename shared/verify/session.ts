import type { Snapshot, SnapshotDocument } from '../model/badge.ts';
import { type Instant, parseUrl, type Url } from '../model/brands.ts';
import { sha256Of } from '../model/bytes.ts';
import type { Fetched, Fetcher, HostCryptography } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, type Result } from '../model/result.ts';
import type { ContextSource, Session } from '../model/session.ts';

/** Most addresses that one verification asks, whatever its documents link to (threat T39). */
export const maxDocuments = 24;
/** Largest document that is read, in bytes; the badge itself may be a picture. */
export const maxDocumentBytes = 5 * 1024 * 1024;

export const documentAccept = 'application/ld+json, application/json;q=0.9, */*;q=0.1';

/** A session and what it has recorded so far. */
export type RecordingSession = { readonly session: Session; readonly snapshot: () => Promise<Snapshot> };

export type SessionOptions = {
  /** ends every request of the verification */
  readonly signal?: AbortSignal | undefined;
  readonly cryptography?: HostCryptography | undefined;
};

/** Opens the session of one verification. */
export function openSession(
  now: Instant,
  fetch: Fetcher,
  contexts: ContextSource,
  { signal, cryptography }: SessionOptions = {},
): RecordingSession {
  const asked = new Map<Url, Promise<Result<Fetched>>>();
  const answers: Fetched[] = [];

  const read = async (address: string, accept: string = documentAccept): Promise<Result<Fetched>> => {
    const parsed = parseUrl(address.split('#')[0] ?? '');
    if (!parsed.ok) return parsed;
    const url = parsed.value;
    const before = asked.get(url);
    if (before !== undefined) return before;
    if (asked.size >= maxDocuments)
      return failed(new BackpackError('too-many-requests', { limit: maxDocuments, address: url }));
    const request = { url, accept, maxBytes: maxDocumentBytes };
    const answer = fetch(signal === undefined ? request : { ...request, signal }).then((result) => {
      if (result.ok) answers.push(result.value);
      return result;
    });
    asked.set(url, answer);
    return answer;
  };

  return {
    session: {
      now,
      read,
      contexts,
      effort: { steps: 0 },
      ...(signal === undefined ? {} : { signal }),
      ...(cryptography === undefined ? {} : { cryptography }),
    },
    snapshot: async () => ({ taken: now, documents: await Promise.all(answers.map(documentOf)) }),
  };
}

async function documentOf(answer: Fetched): Promise<SnapshotDocument> {
  return {
    address: answer.requested,
    finalAddress: answer.url,
    status: answer.status,
    mediaType: answer.mediaType,
    hash: await sha256Of(answer.bytes),
    bytes: answer.bytes,
    at: answer.at,
  };
}
