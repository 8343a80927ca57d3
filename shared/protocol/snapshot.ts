import * as v from 'valibot';
import { type Bytes, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, parseJson } from '../model/json.ts';
import { maxCommitLength, maxPageCommits, maxSealedBytes, maxSnapshotPageRecords } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { recordEntryShape } from '../sync/commit.ts';
import { hashShape, parseShape } from '../sync/shapes.ts';
import type { SnapshotCommits, SnapshotPage, SnapshotQuery } from '../sync/transport.ts';
import type { Call } from './call.ts';
import { joinParts, splitParts } from './framing.ts';
import { wholeNumberOf } from './log.ts';

/**
 * What is kept of the log up to its newest snapshot, for a device that asked for commits that are gone: genesis, key
 * commits and the snapshot. `?after=n` (-1: from the genesis on). Refusals: `revoked`, `not-found` (no snapshot).
 */
export const readSnapshot = {
  method: 'GET',
  path: '/v1/snapshot',
  signers: ['device', 'account'],
  maxBodyBytes: 0,
} as const satisfies Call;

/**
 * A page of the records as the snapshot found them, in the order of their ids after `?after=id`, with the bytes of
 * those that are the same to this day. Refusals: `revoked`, `compacted` (there is a newer snapshot by now).
 */
export const readSnapshotRecords = {
  method: 'GET',
  path: '/v1/snapshot/:n/records',
  signers: ['device', 'account'],
  maxBodyBytes: 0,
} as const satisfies Call;

export function snapshotPath(after: number): string {
  return `${readSnapshot.path}?after=${after}`;
}

export function snapshotRecordsPath({ n, after }: SnapshotQuery): string {
  return `/v1/snapshot/${n}/records?after=${after}`;
}

/** Reads the query of `readSnapshot`. Errors: `malformed-request`. */
export function parseSnapshotAfter(query: Readonly<Record<string, string | undefined>>): Result<number> {
  const after = wholeNumberOf(query['after']);
  return after === undefined ? malformed() : ok(after);
}

/** Reads path and query of `readSnapshotRecords`. Errors: `malformed-request`. */
export function parseSnapshotQuery(
  names: Readonly<Record<string, string | undefined>>,
  query: Readonly<Record<string, string | undefined>>,
): Result<SnapshotQuery> {
  const n = wholeNumberOf(names['n']);
  const after = v.safeParse(v.union([v.literal(''), hashShape]), query['after']);
  return n === undefined || n < 0 || !after.success ? malformed() : ok({ n, after: after.output });
}

const commitsShape = v.strictObject({
  more: v.boolean(),
  commits: v.pipe(v.array(v.pipe(v.string(), v.maxLength(maxCommitLength))), v.maxLength(maxPageCommits)),
});

/** Reads the answer to `readSnapshot`. Errors: `companion-misbehaved`. */
export function parseSnapshotCommits(body: Uint8Array): Result<SnapshotCommits> {
  const text = textOf(body);
  const json = text === undefined ? undefined : parseJson(text);
  if (json?.ok !== true || !isJsonObject(json.value)) return misbehaved();
  return parseShape(commitsShape, json.value, 'companion-misbehaved');
}

const pageShape = v.strictObject({
  more: v.boolean(),
  entries: v.pipe(v.array(recordEntryShape), v.maxLength(maxSnapshotPageRecords)),
  /** numbers of the entries whose bytes follow, in their order */
  here: v.pipe(
    v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    v.maxLength(maxSnapshotPageRecords),
  ),
});

/** The body of a page of records: first its JSON, then the bytes that are there. */
export function snapshotBodyOf({ more, entries, records }: SnapshotPage): Bytes {
  const places = new Map(entries.map(({ id }, index) => [id, index]));
  const here = records.map(({ id }) => places.get(id) ?? 0);
  const listed = entries.map(({ id, rev, h, len }) => ({ id, rev, h, len }));
  return joinParts([
    utf8(JSON.stringify({ more, entries: listed, here })),
    ...records.map(({ bytes }) => bytes),
  ]);
}

/** Reads a page of records. Errors: `companion-misbehaved`. */
export function parseSnapshotPage(body: Uint8Array): Result<SnapshotPage> {
  const parts = splitParts(body, 1 + maxSnapshotPageRecords);
  const [first, ...bytes] = parts.ok ? parts.value : [];
  const text = first === undefined ? undefined : textOf(first);
  const json = text === undefined ? undefined : parseJson(text);
  if (json?.ok !== true || !isJsonObject(json.value)) return misbehaved();
  const page = parseShape(pageShape, json.value, 'companion-misbehaved');
  if (!page.ok) return page;
  const { more, entries, here } = page.value;
  const records = here.flatMap((place, index) => {
    const entry = entries[place];
    const part = bytes[index];
    return entry === undefined || part === undefined ? [] : [{ id: entry.id, rev: entry.rev, bytes: part }];
  });
  if (records.length !== here.length || bytes.length !== here.length) return misbehaved();
  if (bytes.some((part) => part.length > maxSealedBytes)) return misbehaved();
  return ok({ more, entries, records });
}

function malformed(): Result<never> {
  return failed(new BackpackError('malformed-request', { member: 'query' }));
}

function misbehaved(): Result<never> {
  return failed(new BackpackError('companion-misbehaved', { member: 'snapshot' }));
}
