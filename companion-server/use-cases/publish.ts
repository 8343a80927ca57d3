import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { Sha256 } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { parseJsonObject } from '../../shared/model/json.ts';
import { maxCollections, maxPublishedBytes, maxPublishedDocuments } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { type ManifestReply, mainSlug } from '../../shared/protocol/publishing.ts';
import {
  documentsNamedBy,
  followsManifest,
  type Manifest,
  type ParsedManifest,
  parseManifest,
  secretNameOf,
  verifyManifest,
} from '../../shared/publish/manifest.ts';
import { pictureOf } from '../../shared/verify/picture.ts';
import type { AccountId, KeptManifest, Session, Storage } from '../storage/storage.ts';
import { refusalOfClosed } from './close-profile.ts';
import { dropUnnamed, endPublication, endUnlisted } from './end-publication.ts';
import { findingsText, publishedIndexes, recordDocument } from './published-badge.ts';

type Deps = { readonly storage: Storage; readonly clock: Clock; readonly wakeWorker: () => void };

/**
 * Lays down one document, readable by nobody before a manifest names it. Answers whether it is new.
 * Errors: `document-differs`, `quota`, `profile-taken-down`, `profile-suspended`, `unauthorized` when the account is gone.
 */
export async function publishDocument(
  account: AccountId,
  hash: Sha256,
  bytes: Uint8Array,
  { storage, clock }: Deps,
): Promise<Result<{ isNew: boolean }>> {
  if ((await sha256Of(bytes)) !== hash) return failed(new BackpackError('document-differs'));
  return storage.write(account, async (session) => {
    const { accounts, published } = session;
    // Deleted since the request was admitted: nothing of it may come back.
    if ((await accounts.find(account)) === undefined) return failed(new BackpackError('unauthorized'));
    const closed = await refusalOfClosed(account, session);
    if (closed !== undefined) return failed(closed);
    const isNew = await published.putDocument(
      account,
      { hash, mediaType: mediaTypeOf(bytes), bytes },
      clock(),
    );
    const used = await published.usage(account);
    const fits = used.documents <= maxPublishedDocuments && used.bytes <= maxPublishedBytes;
    return fits || !isNew ? ok({ isNew }) : failed(new BackpackError('quota'));
  });
}

/**
 * Publishes what a manifest names and nothing else; bytes that it names no more are deleted in the same transaction.
 * `fromSeq`: the manifest that the learner believes to stand, 0 for none.
 * Errors: `manifest-stale` with what stands, `manifest-refused`, `document-missing`, `profile-taken-down`,
 * `profile-suspended`.
 */
export async function publishManifest(
  account: AccountId,
  slug: string,
  token: string,
  fromSeq: number,
  deps: Deps,
): Promise<Result<ManifestReply & { isNew: boolean }>> {
  const parsed = await parseManifest(token);
  if (!parsed.ok) return parsed;
  // A manifest says itself what it is of: it stands nowhere else, and an unlisted collection is on no list.
  const secret = secretNameOf(parsed.value.manifest);
  if (slug !== (secret ?? mainSlug)) return refused('slug');
  if (secret !== undefined && parsed.value.manifest.search === true) return refused('search');
  const known = await deps.storage.read(({ accounts }) => accounts.find(account));
  if (known === undefined || !(await verifyManifest(parsed.value, known.chain.identity)))
    return refused('signature');
  const written = await deps.storage.write(account, (session) =>
    replaceManifest(account, slug, parsed.value, fromSeq, session, deps),
  );
  if (!written.ok) return written;
  await recordBadges(account, parsed.value.manifest, deps.storage);
  deps.wakeWorker();
  return written;
}

/**
 * Ends what a manifest published; its documents go in the same transaction. With the profile end the unlisted
 * collections, so that nothing stays readable that its owner does not think of. Errors: `manifest-stale`.
 */
export function unpublish(
  account: AccountId,
  slug: string,
  fromSeq: number,
  { storage, clock }: Deps,
): Promise<Result<void>> {
  return storage.write(account, async (session) => {
    const standing = await session.published.manifest(account, slug);
    // Gone already: a repeat has the effect of the first.
    if (standing === undefined) return ok(undefined);
    if (standing.seq !== fromSeq) return failed(stale(standing));
    if (slug === mainSlug) await endPublication(account, session);
    else await endUnlisted(account, slug, clock(), session);
    return ok(undefined);
  });
}

async function replaceManifest(
  account: AccountId,
  slug: string,
  parsed: ParsedManifest,
  fromSeq: number,
  session: Session,
  { clock }: Deps,
): Promise<Result<ManifestReply & { isNew: boolean }>> {
  const { published, handles, checks } = session;
  const { manifest, hash, token } = parsed;
  const closed = await refusalOfClosed(account, session);
  if (closed !== undefined) return failed(closed);
  const standing = await published.manifest(account, slug);
  const reply = { seq: manifest.seq, h: hash };
  if (standing?.hash === hash) return ok({ ...reply, isNew: false });
  if (fromSeq !== (standing?.seq ?? 0)) return failed(stale(standing));
  if (!followsManifest(parsed, standing === undefined ? undefined : { seq: standing.seq, h: standing.hash }))
    return refused('seq');
  if ((await handles.of(account)) !== manifest.handle) return refused('handle');
  if (slug !== mainSlug && standing === undefined) {
    const slugs = await published.slugs(account);
    if (!slugs.includes(mainSlug)) return refused('slug');
    if (slugs.length > maxCollections) return failed(new BackpackError('quota'));
  }
  const named = [...documentsNamedBy(manifest)];
  const present = await published.present(account, named);
  if (named.some((each) => !present.has(each))) return failed(new BackpackError('document-missing'));
  const { handle, seq } = manifest;
  const next = { account, handle, slug, seq, hash, token };
  if (!(await published.replaceManifest(next, fromSeq, named))) return failed(stale(standing));
  await dropUnnamed(account, clock(), session);
  if (slug === mainSlug && manifest.search === true) await session.listed.put(account, handle, clock());
  else if (slug === mainSlug) await session.listed.remove(account);
  const badges = itemsOf(manifest).flatMap((item) => ('doc' in item ? [item.doc] : []));
  await checks.schedule(account, badges, clock());
  return ok({ ...reply, isNew: standing === undefined });
}

/** Badges whose findings are written together. */
const recordedAtOnce = 100;

/**
 * So that the page has something to show before this server's own check is through. Asks nobody. A long list holds up
 * nobody: each badge is looked at once, in a short read of its own, and others have their turn after each.
 */
async function recordBadges(account: AccountId, manifest: Manifest, storage: Storage): Promise<void> {
  const items = new Map(itemsOf(manifest).flatMap((item) => ('doc' in item ? [[item.doc, item]] : [])));
  const unread = await storage.read(({ checks }) => checks.unread(account, [...items.keys()]));
  const indexes = publishedIndexes(account);
  let recorded: { readonly doc: Sha256; readonly text: string }[] = [];
  const keep = async () => {
    const findings = recorded;
    recorded = [];
    await storage.write(account, async ({ checks, published }) => {
      for (const { doc, text } of findings) await checks.record(account, doc, text);
      await published.dropPages(account);
      return ok(undefined);
    });
  };
  for (const item of items.values()) {
    if (!unread.has(item.doc)) continue;
    const finding = await storage.read((session) => recordDocument(item, account, indexes, session));
    if (finding !== undefined) recorded.push({ doc: item.doc, text: findingsText({ recorded: finding }) });
    if (recorded.length === recordedAtOnce) await keep();
    await turnOfLoop();
  }
  if (recorded.length > 0) await keep();
}

function itemsOf(manifest: Manifest) {
  return manifest.collections.flatMap(({ items }) => items);
}

/** By the bytes alone, never by what anyone called them. */
function mediaTypeOf(bytes: Uint8Array): string {
  const picture = pictureOf(bytes);
  if (picture !== undefined) return picture.mediaType;
  return parseJsonObject(bytes).ok ? 'application/json' : 'application/octet-stream';
}

function stale(standing: KeptManifest | undefined): BackpackError {
  return new BackpackError(
    'manifest-stale',
    standing === undefined ? {} : { seq: standing.seq, h: standing.hash },
  );
}

function refused(member: string): Result<never> {
  return failed(new BackpackError('manifest-refused', { member }));
}
