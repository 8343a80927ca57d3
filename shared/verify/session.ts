import type { Snapshot, SnapshotDocument } from '../model/badge.ts';
import { type Instant, parseUrl, type Url } from '../model/brands.ts';
import { sha256Of } from '../model/bytes.ts';
import type { Fetched, Fetcher, HostCryptography } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, type Result } from '../model/result.ts';
import { type ContextSource, noEffort, type Session } from '../model/session.ts';

/** Most addresses that are asked for one badge, whatever its documents link to (threat T39). */
export const maxDocuments = 24;
/** Most that are asked for the badges inside a record, of which each has its share. */
const maxDocumentsInside = 300;
const maxDocumentsOfPart = 12;
/** Most that one verification asks in all. */
export const maxDocumentsInAll = maxDocuments + maxDocumentsInside;
/** Largest document that is read, in bytes; the badge itself may be a picture. */
export const maxDocumentBytes = 5 * 1024 * 1024;
/** Most that one verification reads and keeps for its snapshot, in bytes. */
const maxBytesInAll = 12 * 1024 * 1024;

/**
 * How many addresses each of the badges inside a record may ask. The share is fixed before the first is verified, so
 * that no badge can ask away what belongs to another.
 */
export function shareOf(parts: number): number {
  return Math.min(maxDocumentsOfPart, Math.floor(maxDocumentsInside / Math.max(parts, 1)));
}

export const documentAccept = 'application/ld+json, application/json;q=0.9, */*;q=0.1';

/** A session and what it has recorded so far. */
export type RecordingSession = {
  readonly session: Session;
  readonly snapshot: () => Promise<Snapshot>;
  /** addresses that any part of the verification wanted and that were not asked */
  readonly unasked: () => readonly string[];
};

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
  const unasked = new Set<Url>();
  const effort = noEffort();
  const onTheirWay = new Set<Promise<unknown>>();
  let room = maxBytesInAll;

  const ask = async (url: Url, accept: string): Promise<Result<Fetched>> => {
    // Where those on their way could fill the room between them, the next one waits for them.
    while (room < maxDocumentBytes && onTheirWay.size > 0) await Promise.race(onTheirWay);
    if (room === 0)
      return failed(new BackpackError('too-many-requests', { limit: maxBytesInAll, address: url }));
    const maxBytes = Math.min(maxDocumentBytes, room);
    room -= maxBytes;
    const coming = fetch({ url, accept, maxBytes, ...(signal === undefined ? {} : { signal }) });
    onTheirWay.add(coming);
    const answer = await coming;
    onTheirWay.delete(coming);
    room += maxBytes - (answer.ok ? answer.value.bytes.length : 0);
    if (answer.ok) answers.push(answer.value);
    return answer;
  };

  const sessionWithin = (limit: number): Session => {
    let left = limit;
    const own = new Set<Url>();
    const refuse = (url: Url): Result<never> => {
      own.add(url);
      unasked.add(url);
      return failed(new BackpackError('too-many-requests', { limit, address: url }));
    };
    const read = async (address: string, accept: string = documentAccept): Promise<Result<Fetched>> => {
      const parsed = parseUrl(address.split('#')[0] ?? '');
      if (!parsed.ok) return parsed;
      const url = parsed.value;
      const before = asked.get(url);
      if (before !== undefined) return before;
      if (left === 0 || asked.size >= maxDocumentsInAll) return refuse(url);
      left -= 1;
      const answer = ask(url, accept);
      asked.set(url, answer);
      // Whoever fetches for us may have a ceiling of his own.
      const answered = await answer;
      return !answered.ok && answered.error.code === 'too-many-requests' ? refuse(url) : answered;
    };
    return {
      now,
      read,
      contexts,
      effort,
      within: sessionWithin,
      unasked: () => [...own],
      ...(signal === undefined ? {} : { signal }),
      ...(cryptography === undefined ? {} : { cryptography }),
    };
  };

  return {
    session: sessionWithin(maxDocuments),
    snapshot: async () => ({ taken: now, documents: await Promise.all(answers.map(documentOf)) }),
    unasked: () => [...unasked],
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
