import { gzipSync } from 'node:zlib';
import { newSigner, random } from '../../companion-server/testing/learner.ts';
import type { Sha256 } from '../../shared/model/brands.ts';
import { base64UrlOf, utf8 } from '../../shared/model/bytes.ts';
import { maxKeyringBytes, maxPageReplyBytes, maxSmallBodyBytes } from '../../shared/model/limits.ts';
import { joinParts } from '../../shared/protocol/framing.ts';
import { logBodyOf } from '../../shared/protocol/log.ts';
import { type CommitOf, commitHashOf, parseCommit, signCommit } from '../../shared/sync/commit.ts';
import { endlessly, type Opened, type Replies, type Reply, whole } from './reply-server.ts';

const mebibyte = 1024 * 1024;
const hash = 'A'.repeat(43) as Sha256;
const noise = random(mebibyte);
const head = { n: 1, h: hash };

/** A page of so many commits and records; of 100 it is as full as it may be. */
const pageOf = (count: number) =>
  logBodyOf({
    head,
    more: false,
    commits: Array.from({ length: count }, () => 'x'.repeat(10_000)),
    records: Array.from({ length: count }, (_, index) => ({
      id: hash,
      rev: 1 + index,
      bytes: random(31_000),
    })),
  });
const limits = { recordBytes: 1, commitRecords: 1, pushBytes: 1, accountBytes: 1, publishedDocumentBytes: 1 };
const meta = { api: 'v1', software: 'x', origin: 'https://x.example', registration: 'open', limits };

const atItsHead: Reply = (response, { opened }) => {
  if (opened === undefined) return void response.destroy();
  response.end(logBodyOf({ head: opened.head, more: false, commits: [], records: [] }));
};

/** Honest replies to each call, small ones by which a client gets ready, and what it makes of the largest. */
export const honestReplies = {
  meta: {
    small: { '/v1/meta': whole(JSON.stringify(meta)) },
    large: { '/v1/meta': whole(JSON.stringify({ ...meta, more: 'x'.repeat(maxSmallBodyBytes - 1000) })) },
    said: 'read',
  },
  pull: {
    small: { '/v1/log': whole(pageOf(1)) },
    large: { '/v1/log': whole(pageOf(100)) },
    said: 'read 100 and 100',
  },
  sync: { small: { '/v1/log': atItsHead }, large: { '/v1/log': atItsHead }, said: 'synced' },
} as const satisfies Readonly<Record<string, { small: Replies; large: Replies; said: string }>>;

type HostileReply = {
  readonly name: string;
  readonly call: keyof typeof honestReplies;
  readonly replies: Replies;
  readonly said: string;
};

const misbehaved = 'companion-misbehaved';
const log = (name: string, reply: Reply, said = misbehaved): HostileReply => ({
  name,
  call: 'pull',
  replies: { '/v1/log': reply },
  said,
});
const times = (part: string, count: number) => Array.from({ length: count }, () => part).join(',');
const listing = (commits: string, records = '') =>
  whole(
    joinParts([
      utf8(`{"head":${JSON.stringify(head)},"more":false,"commits":[${commits}],"records":[${records}]}`),
    ]),
  );
const compacted: Reply = (response) => void response.writeHead(410).end('{"error":"compacted"}');

export const hostileReplies: readonly HostileReply[] = [
  log('a body without end', endlessly(noise)),
  log('a page that is one byte too long', whole(new Uint8Array(maxPageReplyBytes + 1))),
  log('a refusal without end', (response, asked) => {
    response.writeHead(500);
    return endlessly(noise)(response, asked);
  }),
  log('a body of gigabytes, packed', (response) => {
    response.setHeader('content-encoding', 'gzip');
    const packed = gzipSync(new Uint8Array(16 * mebibyte));
    response.end(Buffer.concat(Array.from({ length: 100 }, () => packed)));
  }),
  log('a million commits', listing(times('""', 1_000_000))),
  log('as many commits as its JSON may hold', listing(times('""', 59_000))),
  log('as many records as its JSON may hold', listing('', times(`{"id":"${hash}","rev":1}`, 19_900))),
  log('a million parts', whole(new Uint8Array(4_000_000))),
  log('JSON a million deep', whole(joinParts([utf8('['.repeat(4_000_000))]))),
  log('a part that says it is longer than the page', whole(Uint8Array.of(255, 255, 255, 255, 123))),
  {
    name: 'facts about itself without end',
    call: 'meta',
    replies: { '/v1/meta': endlessly(noise) },
    said: misbehaved,
  },
  {
    name: 'pages without end, and nothing on them',
    call: 'sync',
    replies: {
      '/v1/log': (response) =>
        void response.end(
          logBodyOf({ head: { n: 1_000_000, h: hash }, more: true, commits: [], records: [] }),
        ),
    },
    said: 'log-incomplete',
  },
  {
    name: 'a snapshot after commits without end, which nobody signed',
    call: 'sync',
    replies: {
      '/v1/log': compacted,
      '/v1/snapshot': async (response, { opened, times: page }) => {
        if (opened === undefined) return void response.destroy();
        const commits = await forgedCommits(opened, 1 + page * 70, 70);
        const more = page < 50;
        response.end(JSON.stringify({ more, commits: page === 0 ? [opened.genesis, ...commits] : commits }));
      },
    },
    said: 'commit-not-allowed',
  },
];

/** Key commits in the account's name, of the form and size of true ones, by a key that is not the account's. */
async function forgedCommits({ acct, genesis, head: { h } }: Opened, first: number, count: number) {
  const [parsed, stranger] = [await parseCommit(genesis), await newSigner()];
  if (!parsed.ok) throw parsed.error;
  const signer = { ...stranger, kid: parsed.value.jws.kid };
  const keyring = base64UrlOf(noise.subarray(0, maxKeyringBytes));
  const commits: string[] = [];
  let last = { prev: h, prevKey: h };
  for (let n = first; n < first + count; n += 1) {
    const key: CommitOf<'key'>['key'] = { prevKey: last.prevKey, keyring, boxes: {}, unlockers: hash };
    const commit = await signCommit({ v: 1, acct, n, prev: last.prev, kind: 'key', key }, signer);
    const made = await commitHashOf(commit);
    last = { prev: made, prevKey: made };
    commits.push(commit);
  }
  return commits;
}
