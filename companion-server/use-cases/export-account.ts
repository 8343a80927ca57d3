import { BackpackError } from '../../shared/model/errors.ts';
import { maxPageCommits, pageRecordBytes } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { AccountId, Session, Storage } from '../storage/storage.ts';
import { countFitting } from './pages.ts';

/** Names looked up at once. */
const maxNames = 500;

/**
 * All that is kept for an account, as lines of JSON: `account`, `unlocker`s, `commit`s, `record`s with their sealed
 * bytes, `handle`, `closure`, `manifest`s, `document`s each with what was `seen` of it, and at last `end` with the head of
 * the log at that moment. Each piece is a short read of its own, so that a long export holds up nobody and never more
 * than a page is in memory; what is written meanwhile may be in it or not. Errors: `not-found`; it throws where the
 * account goes away halfway.
 */
export async function exportAccount(
  account: AccountId,
  storage: Storage,
): Promise<Result<AsyncIterable<string>>> {
  const found = await storage.read(({ accounts }) => accounts.find(account));
  if (found === undefined) return failed(new BackpackError('not-found'));
  return ok(linesOf(account, storage));
}

async function* linesOf(account: AccountId, storage: Storage): AsyncGenerator<string> {
  yield* await storage.read(async ({ unlockers, snapshots }) => {
    const snapshot = await snapshots.of(account);
    const kept = (await unlockers.of(account)).map((unlocker) => line('unlocker', { unlocker }));
    return [line('account', { account, ...(snapshot === undefined ? {} : { snapshot }) }), ...kept];
  });
  for (let after = -1; ; ) {
    const commits = await storage.read((session) => commitsAfter(account, after, session));
    for (const { n, token } of commits) yield line('commit', { n, token });
    const last = commits.at(-1);
    if (last === undefined) break;
    after = last.n;
  }
  for (let after = ''; ; ) {
    const records = await storage.read((session) => recordsAfter(account, after, session));
    for (const { id, rev, bytes } of records) yield line('record', { id, rev, bytes: base64Of(bytes) });
    const last = records.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  yield* publishedLines(account, storage);
  const head = await storage.read(async ({ accounts }) => (await accounts.find(account))?.chain.head);
  if (head === undefined) throw new BackpackError('not-found');
  yield line('end', { head });
}

async function* publishedLines(account: AccountId, storage: Storage): AsyncGenerator<string> {
  yield* await storage.read(async ({ handles, published, closures }) => {
    const handle = await handles.of(account);
    const closed = await closures.of(account);
    const slugs = await published.slugs(account);
    const manifests = await Promise.all(slugs.map((slug) => published.manifest(account, slug)));
    const kept = manifests.flatMap((each) => (each === undefined ? [] : [each]));
    return [
      ...(handle === undefined ? [] : [line('handle', { handle })]),
      ...(closed === undefined ? [] : [line('closure', closed)]),
      ...kept.map(({ slug, token }) => line('manifest', { slug, token })),
    ];
  });
  for (let after = ''; ; ) {
    const hashes = await storage.read(({ published }) => published.hashesAfter(account, after, maxNames));
    for (const hash of hashes) {
      const document = await storage.read(({ published }) => published.document(account, hash));
      if (document === undefined) continue;
      const { mediaType, bytes } = document;
      yield line('document', { hash, mediaType, bytes: base64Of(bytes) });
      const seen = await storage.read(({ sightings }) => sightings.of(account, hash));
      if (seen.length > 0) yield line('seen', { hash, seen });
    }
    const last = hashes.at(-1);
    if (last === undefined) break;
    after = last;
  }
}

async function commitsAfter(account: AccountId, after: number, { log }: Session) {
  const weights = await log.weights(account, after, maxPageCommits);
  const lengths = weights.map(({ length }) => length);
  const last = weights[countFitting(lengths, maxPageCommits) - 1];
  return last === undefined ? [] : log.commits(account, after, last.n);
}

async function recordsAfter(account: AccountId, after: string, { log, snapshots }: Session) {
  const found = await log.recordsByName(account, after, maxNames);
  const weights = found.map(({ length }) => length + pageRecordBytes);
  return snapshots.bytesOf(
    account,
    found.slice(0, countFitting(weights, maxNames)).map(({ id }) => id),
  );
}

function line(kind: string, more: object): string {
  return `${JSON.stringify({ kind, ...more })}\n`;
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
