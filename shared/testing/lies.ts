import type { LogPage, LogQuery, SealedRecord } from '../sync/transport.ts';

/** What a lie is made of beside the page: what an honest server said earlier, and of another learner. */
export type LieMaterial = {
  /** any number; which commit, record or byte it is */
  readonly at: number;
  readonly query: LogQuery;
  /** the whole log before the newest changes, with the records that it held then */
  readonly earlier: LogPage;
  /** the log of somebody else */
  readonly strange: LogPage;
  /** commits that follow the page and that nobody was allowed to write */
  readonly forged: readonly string[];
};

/** One way to lie about a page of the log; `undefined` where this page has nothing to lie about in this way. */
export type Lie = readonly [name: string, change: (page: LogPage, of: LieMaterial) => LogPage | undefined];

/** Every lie told by a page that this suite knows. Each is to be noticed, whichever page of whichever log it meets. */
export const lies: readonly Lie[] = [
  ['goes back to an older head', (page, { query }) => aged(page, query)],
  ['drops the first commit', (page) => without(page, 0)],
  ['drops a commit in the middle', (page, { at }) => without(page, at % page.commits.length)],
  ['drops the last commit', (page) => without(page, page.commits.length - 1)],
  [
    'sends no commits',
    (page) => (isEmpty(page) ? undefined : { ...page, commits: [], records: [], more: false }),
  ],
  ['promises more and sends none', (page) => ({ ...page, commits: [], records: [], more: true })],
  ['says that the log ends here', (page) => (page.more ? { ...page, more: false } : undefined)],
  ['swaps two commits', (page, { at }) => swappedCommits(page, at)],
  [
    'reverses the commits',
    (page) => (page.commits.length < 2 ? undefined : { ...page, commits: page.commits.toReversed() }),
  ],
  ['repeats a commit', (page, { at }) => inserted(page, page.commits[at % page.commits.length], at + 1)],
  [
    'replays a commit of long ago',
    (page, { earlier, at }) => inserted(page, earlier.commits[at % earlier.commits.length], 0),
  ],
  ['replays the beginning', (page, { earlier }) => inserted(page, earlier.commits[0], page.commits.length)],
  [
    'splices a commit of somebody else in',
    (page, { strange, at }) => inserted(page, strange.commits.at(-1), at),
  ],
  [
    'shows the log of somebody else',
    (page, { strange }) => (isEmpty(page) ? undefined : { ...strange, head: page.head }),
  ],
  ['changes a letter of a commit', (page, { at }) => changedCommit(page, at)],
  ['sends what is no commit', (page, { at }) => changedCommit(page, at, 'commit')],
  ['takes the signature off a commit', (page, { at }) => unsigned(page, at)],
  ['enrols a device by a stranger’s account key', (page, { forged }) => appended(page, forged[0])],
  ['enrols a device by a device’s key', (page, { forged }) => appended(page, forged[1])],
  ['lets a device write that was never enrolled', (page, { forged }) => appended(page, forged[2])],
  [
    'names a head that the log does not reach',
    (page) => (page.more ? undefined : { ...page, head: { ...page.head, n: page.head.n + 1 } }),
  ],
  [
    'names another head at the same number',
    (page, { strange }) => (page.more ? undefined : { ...page, head: { ...page.head, h: strange.head.h } }),
  ],
  [
    'names an earlier head than it sends',
    (page) =>
      page.more || isEmpty(page) ? undefined : { ...page, head: { ...page.head, n: page.head.n - 1 } },
  ],
  [
    'withholds a record',
    (page, { at }) =>
      changedRecords(page, (records) => records.filter((_, index) => index !== at % records.length)),
  ],
  ['withholds every record', (page) => changedRecords(page, () => [])],
  ['swaps the bytes of two records', (page, { at }) => swappedBytes(page, at)],
  ['serves the bytes of an older revision', (page, { earlier }) => outdated(page, earlier, false)],
  ['serves an older revision', (page, { earlier }) => outdated(page, earlier, true)],
  [
    'changes a bit of a record',
    (page, { at }) =>
      changedBytes(page, at, (bytes) =>
        bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << (at % 8)) : byte)),
      ),
  ],
  ['cuts a record short', (page, { at }) => changedBytes(page, at, (bytes) => bytes.slice(0, -1))],
  [
    'makes a record longer',
    (page, { at }) => changedBytes(page, at, (bytes) => new Uint8Array([...bytes, 0])),
  ],
  ['empties a record', (page, { at }) => changedBytes(page, at, () => new Uint8Array())],
  ['says another suite', (page, { at }) => changedBytes(page, at, (bytes) => bytes.with(0, 2))],
  ['says another epoch', (page, { at }) => changedBytes(page, at, (bytes) => bytes.with(4, 9))],
  [
    'serves bytes of somebody else',
    (page, { strange, at }) => changedBytes(page, at, () => strange.records[0]?.bytes ?? new Uint8Array(545)),
  ],
  [
    'says a higher revision of a record',
    (page, { at }) => changedRecord(page, at, (record) => ({ ...record, rev: record.rev + 1 })),
  ],
  [
    'says a lower revision of a record',
    (page, { at }) => changedRecord(page, at, (record) => ({ ...record, rev: record.rev - 1 })),
  ],
  [
    'sends a record twice',
    (page, { at }) =>
      changedRecords(page, (records) => [
        ...records,
        ...records.slice(at % records.length, (at % records.length) + 1),
      ]),
  ],
  [
    'sends a record that no commit names',
    (page, { strange }) => ({ ...page, records: [...page.records, ...strange.records.slice(0, 1)] }),
  ],
];

const isEmpty = (page: LogPage): boolean => page.commits.length === 0;

function aged(page: LogPage, { after }: LogQuery): LogPage | undefined {
  return after < 1
    ? undefined
    : { ...page, commits: [], records: [], more: false, head: { ...page.head, n: after - 1 } };
}

function without(page: LogPage, index: number): LogPage | undefined {
  // Where more follow, a page that ends earlier is a shorter page and no lie.
  const isShorter = page.more && page.commits.length > 1 && index === page.commits.length - 1;
  return isEmpty(page) || isShorter ? undefined : { ...page, commits: page.commits.toSpliced(index, 1) };
}

function inserted(page: LogPage, commit: string | undefined, at: number): LogPage | undefined {
  if (isEmpty(page) || commit === undefined) return undefined;
  return { ...page, commits: page.commits.toSpliced(at % (page.commits.length + 1), 0, commit) };
}

function appended(page: LogPage, commit: string | undefined): LogPage | undefined {
  if (page.more || commit === undefined) return undefined;
  return { ...page, commits: [...page.commits, commit], head: { ...page.head, n: page.head.n + 1 } };
}

function swappedCommits(page: LogPage, at: number): LogPage | undefined {
  const [first, second] = twoOf(page.commits, at);
  if (first === second) return undefined;
  const [a = '', b = ''] = [page.commits[first], page.commits[second]];
  return { ...page, commits: page.commits.with(first, b).with(second, a) };
}

function changedCommit(page: LogPage, at: number, to?: string): LogPage | undefined {
  const index = at % page.commits.length;
  const commit = page.commits[index];
  if (commit === undefined) return undefined;
  const place = at % commit.length;
  const letter = commit[place] === 'B' ? 'C' : 'B';
  const changed = to ?? commit.slice(0, place) + letter + commit.slice(place + 1);
  return { ...page, commits: page.commits.with(index, changed) };
}

function unsigned(page: LogPage, at: number): LogPage | undefined {
  const index = at % page.commits.length;
  const commit = page.commits[index];
  if (commit === undefined) return undefined;
  return { ...page, commits: page.commits.with(index, commit.slice(0, commit.lastIndexOf('.') + 1)) };
}

function changedRecords(
  page: LogPage,
  change: (records: readonly SealedRecord[]) => readonly SealedRecord[],
): LogPage | undefined {
  return page.records.length === 0 ? undefined : { ...page, records: change(page.records) };
}

function changedRecord(
  page: LogPage,
  at: number,
  change: (record: SealedRecord) => SealedRecord,
): LogPage | undefined {
  return changedRecords(page, (records) =>
    records.map((record, index) => (index === at % records.length ? change(record) : record)),
  );
}

function changedBytes(
  page: LogPage,
  at: number,
  change: (bytes: Uint8Array) => Uint8Array,
): LogPage | undefined {
  return changedRecord(page, at, (record) => ({ ...record, bytes: change(record.bytes) }));
}

function swappedBytes(page: LogPage, at: number): LogPage | undefined {
  const [first, second] = twoOf(page.records, at);
  const [a, b] = [page.records[first], page.records[second]];
  if (a === undefined || b === undefined || a === b) return undefined;
  const records = page.records.with(first, { ...a, bytes: b.bytes }).with(second, { ...b, bytes: a.bytes });
  return { ...page, records };
}

function outdated(page: LogPage, earlier: LogPage, saysSo: boolean): LogPage | undefined {
  const older = earlier.records.find((old) =>
    page.records.some(({ id, rev }) => id === old.id && rev > old.rev),
  );
  if (older === undefined) return undefined;
  const records = page.records.map((record) =>
    record.id === older.id ? { ...older, rev: saysSo ? older.rev : record.rev } : record,
  );
  return { ...page, records };
}

function twoOf(items: readonly unknown[], at: number): readonly [number, number] {
  return [at % items.length, (at + 1) % items.length];
}
