import { describe, expect, it } from 'vitest';
import type { Sha256 } from '../model/brands.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { readingAhead } from './reading-ahead.ts';
import type { LogPage, SyncTransport } from './transport.ts';

/** A log of so many commits, two to a page, and which pages were asked for. */
function logOf(count: number, refused: ReadonlySet<number> = new Set()) {
  const asked: number[] = [];
  const askedOnArrival: number[] = [];
  const arrived: (readonly string[])[] = [];
  const no = async () => failed(new BackpackError('unexpected'));
  const pull = async ({ after }: { after: number }): Promise<Result<LogPage>> => {
    asked.push(after);
    if (refused.has(after)) return failed(new BackpackError('unavailable'));
    const commits = Array.from(
      { length: Math.min(2, count - after - 1) },
      (_, index) => `${after + 1 + index}`,
    );
    const head = { n: count - 1, h: '' as Sha256 };
    return ok({ head, commits, records: [], more: after + commits.length < count - 1 });
  };
  const transport: SyncTransport = { push: no, pull, snapshotCommits: no, snapshotRecords: no };
  const note = ({ commits }: LogPage) => {
    arrived.push(commits);
    askedOnArrival.push(asked.length);
  };
  return { asked, arrived, askedOnArrival, transport: readingAhead(transport, note) };
}

describe('a transport that reads ahead', () => {
  it('has asked for the next page when one has come, and asks for each once', async () => {
    const { asked, transport } = logOf(5);
    expect(await transport.pull({ after: -1, limit: 2 })).toMatchObject({ value: { commits: ['0', '1'] } });
    expect(asked).toEqual([-1, 1]);
    expect(await transport.pull({ after: 1, limit: 2 })).toMatchObject({ value: { commits: ['2', '3'] } });
    expect(asked).toEqual([-1, 1, 3]);
    expect(await transport.pull({ after: 3, limit: 2 })).toMatchObject({ value: { commits: ['4'] } });
    expect(asked).toEqual([-1, 1, 3]);
  });

  it('gives a page to whoever asks for that one alone, and never twice', async () => {
    const { asked, transport } = logOf(5);
    await transport.pull({ after: -1, limit: 2 });
    expect(await transport.pull({ after: 2, limit: 2 })).toMatchObject({ value: { commits: ['3', '4'] } });
    expect(asked).toEqual([-1, 1, 2]);
    await transport.pull({ after: 1, limit: 2 });
    expect(asked).toEqual([-1, 1, 2, 1, 3]);
  });

  it('tells a page that did not come to whoever needs it, and asks for it anew after that', async () => {
    const refused = new Set([1]);
    const { asked, transport } = logOf(5, refused);
    await transport.pull({ after: -1, limit: 2 });
    expect(await transport.pull({ after: 1, limit: 2 })).toMatchObject({ error: { code: 'unavailable' } });
    refused.clear();
    expect(await transport.pull({ after: 1, limit: 2 })).toMatchObject({ value: { commits: ['2', '3'] } });
    expect(asked).toEqual([-1, 1, 1, 3]);
  });

  it('says of each page that it is there, before anybody asks for it', async () => {
    const { arrived, askedOnArrival, transport } = logOf(5);
    await transport.pull({ after: -1, limit: 2 });
    // Of the first when the next was on its way already.
    expect(askedOnArrival[0]).toBe(2);
    await expect
      .poll(() => arrived)
      .toEqual([
        ['0', '1'],
        ['2', '3'],
      ]);
    await transport.pull({ after: 1, limit: 2 });
    await expect.poll(() => arrived).toEqual([['0', '1'], ['2', '3'], ['4']]);
    await transport.pull({ after: 3, limit: 2 });
    expect(arrived).toHaveLength(3);
  });
});
