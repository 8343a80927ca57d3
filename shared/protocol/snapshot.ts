import * as v from 'valibot';
import { type Bytes, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { maxSnapshotPageRecords } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { recordEntryShape } from '../sync/commit.ts';
import { hashShape } from '../sync/shapes.ts';
import type { SnapshotCommits, SnapshotPage, SnapshotQuery } from '../sync/transport.ts';
import { commitTextsShape, misbehaved, parseJsonBody, parseSealedReply } from './bodies.ts';
import type { Call } from './call.ts';
import { joinParts } from './framing.ts';
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
  commits: commitTextsShape,
});

/** Reads the answer to `readSnapshot`. Errors: `companion-misbehaved`. */
export function parseSnapshotCommits(body: Uint8Array): Result<SnapshotCommits> {
  const reply = parseJsonBody(commitsShape, body, 'companion-misbehaved');
  return reply.ok ? reply : misbehaved('snapshot');
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
  const reply = parseSealedReply(pageShape, body, maxSnapshotPageRecords, 'snapshot');
  if (!reply.ok) return reply;
  const { bytes } = reply.value;
  const { more, entries, here } = reply.value.said;
  const records = here.flatMap((place, index) => {
    const entry = entries[place];
    const part = bytes[index];
    return entry === undefined || part === undefined ? [] : [{ id: entry.id, rev: entry.rev, bytes: part }];
  });
  if (records.length !== here.length || bytes.length !== here.length) return misbehaved('snapshot');
  return ok({ more, entries, records });
}

function malformed(): Result<never> {
  return failed(new BackpackError('malformed-request', { member: 'query' }));
}
