import { describe, expect, it } from 'vitest';
import { sha256Of, utf8 } from '../model/bytes.ts';
import type { Commit, RecordEntry } from './commit.ts';
import { pushedRecordsOf } from './pushed-records.ts';

const hash = await sha256Of(utf8('an account'));
const none = new Uint8Array();
const [first, second] = [utf8('first'), utf8('the second')];

async function entryOf(bytes: Uint8Array): Promise<RecordEntry> {
  return { id: hash, rev: 1, h: await sha256Of(bytes), len: bytes.length };
}

function commitOf(recs: readonly RecordEntry[]): Commit {
  return { v: 1, acct: hash, n: 1, prev: hash, kind: 'data', recs: [...recs] };
}

const kept = [await entryOf(first), await entryOf(none), await entryOf(second)];

async function outcomeOf(commit: Commit, parts: readonly Uint8Array[]): Promise<unknown> {
  const records = await pushedRecordsOf(commit, parts);
  return records.ok ? records.value.map(({ bytes }) => bytes) : [records.error.code, records.error.facts];
}

describe('the records of a push', () => {
  it('have their parts in the order of the commit, and none for what is deleted', async () => {
    expect(await outcomeOf(commitOf(kept), [first, second])).toEqual([first, none, second]);
    expect(await pushedRecordsOf(commitOf(kept), [first, second])).toMatchObject({
      ok: true,
      value: kept.map((entry) => ({ entry })),
    });
  });

  it.each([
    ['an empty part for what is deleted', [first, none, second], 'parts'],
    ['a part too many', [first, second, second], 'parts'],
    ['a part missing', [first], 'len'],
    ['the parts in another order', [second, first], 'len'],
    ['other bytes of the same length', [utf8('First'), second], 'h'],
  ])('are refused with %s', async (_, parts, member) => {
    expect(await outcomeOf(commitOf(kept), parts)).toEqual(['refused-commit', { member }]);
  });

  it('are refused where a deletion names other bytes than none', async () => {
    const gone = { ...(await entryOf(first)), len: 0 };
    expect(await outcomeOf(commitOf([gone]), [])).toEqual(['refused-commit', { member: 'h' }]);
  });

  it('are none where a commit writes none', async () => {
    const rejoin: Commit = { v: 1, acct: hash, n: 2, prev: hash, kind: 'rejoin', over: { n: 1, h: hash } };
    expect(await outcomeOf(rejoin, [])).toEqual([]);
    expect(await outcomeOf(rejoin, [first])).toEqual(['refused-commit', { member: 'parts' }]);
  });
});
