import { unbake } from '../../shared/baking/registry.ts';
import type { Identity } from '../../shared/model/badge.ts';
import type { Sha256 } from '../../shared/model/brands.ts';
import { bytesOfBase64Url, sha256Of, textOf } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { isJsonObject, type Json, parseJson, parseJsonObject } from '../../shared/model/json.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { isForHolderAlone } from '../../shared/proofs/selective-disclosure/for-holder.ts';
import {
  type BadgeDisclosure,
  type DisclosedDocument,
  discloseBadge,
} from '../../shared/publish/disclosure.ts';
import type { ManifestItem } from '../../shared/publish/manifest.ts';
import { publishedSnapshotOf } from '../../shared/publish/published-snapshot.ts';
import { saidOf } from '../../shared/publish/said.ts';
import { blobPartIdOf, joinBlob } from '../../shared/sync/blobs.ts';
import { type Doc, type DocId, exists, fieldOf } from '../../shared/sync/doc.ts';
import type { SyncStorage } from '../../shared/sync/storage.ts';
import { type KeptBadge, keptBadgeOf } from '../store/kept-badge.ts';

/** A badge as it would be published: its line in the manifest, the bytes that go with it, and all that it gives away. */
export type BadgeToPublish = {
  readonly item: ManifestItem;
  readonly documents: ReadonlyMap<Sha256, Uint8Array>;
  readonly disclosure: BadgeDisclosure;
};

/** A badge in whole, or what it says and what was checked, without its document. */
export type PublishAs = 'whole' | 'said';

/**
 * Gathers a kept badge for publishing: the original byte for byte, its picture, the documents of its snapshot and their
 * index. A badge proven to the learner alone goes out as what it says. What is shown to the learner and what is sent
 * come out of this one place, so they cannot differ.
 * Errors: `document-missing`, when the badge is not here, its original has not come yet, or nothing of it can be said.
 */
export async function gatherBadge(
  id: DocId,
  as: PublishAs,
  identities: readonly Identity[],
  storage: SyncStorage,
): Promise<Result<BadgeToPublish>> {
  const [doc] = await storage.read((tables) => tables.docs.get([id]));
  const kept = doc === undefined ? undefined : keptBadgeOf(doc);
  const original = kept === undefined ? undefined : await readBytes(kept.original, storage);
  if (kept === undefined || original === undefined) return failed(new BackpackError('document-missing'));
  const { picture, snapshot } = kept;
  const pictureBytes = picture === undefined ? undefined : await readBytes(picture.hash, storage);
  // What the issuer proved to the learner alone goes to nobody, whatever was chosen; what it says still can.
  const isPrivate = (await readableIn(original)).some((one) => isJsonObject(one) && isForHolderAlone(one));
  if (as === 'said' || isPrivate) return gatherSaid(kept, pictureBytes, identities);
  const documents = new Map<Sha256, Uint8Array>([[kept.original, original]]);
  const listed: DisclosedDocument[] = [
    { hash: kept.original, bytes: original.length, what: 'badge', mediaType: '' },
  ];
  const add = (document: DisclosedDocument, bytes: Uint8Array): void => {
    if (documents.has(document.hash)) return;
    documents.set(document.hash, bytes);
    listed.push(document);
  };
  const said = [...(await readableIn(original))];
  if (picture !== undefined && pictureBytes !== undefined) {
    // An issuer may have baked another document into it than the one that was claimed.
    said.push(...(await readableIn(pictureBytes)));
    add({ ...picture, bytes: pictureBytes.length, what: 'picture' }, pictureBytes);
  }
  const recorded = snapshot.documents.slice(0, maxSnapshotDocuments);
  for (const { hash, mediaType, address } of recorded) {
    const bytes = await readBytes(hash, storage);
    if (bytes === undefined) continue;
    said.push(...(await readableIn(bytes)));
    add({ hash, bytes: bytes.length, what: 'snapshot-document', mediaType, address }, bytes);
  }
  if (recorded.length > 0) {
    const index = publishedSnapshotOf({ ...snapshot, documents: recorded });
    const hash = await sha256Of(index);
    add({ hash, bytes: index.length, what: 'snapshot-index', mediaType: 'application/json' }, index);
  }
  const disclosure = discloseBadge({
    documents: listed,
    recipients: kept.badge?.recipients ?? [],
    said,
    identities,
  });
  return ok({ item: itemOf(kept, [...documents.keys()]), documents, disclosure });
}

/** Only what the badge says; its picture too, unless the document, or its address, is baked into that. */
async function gatherSaid(
  kept: KeptBadge,
  pictureBytes: Uint8Array | undefined,
  identities: readonly Identity[],
): Promise<Result<BadgeToPublish>> {
  if (kept.badge === undefined) return failed(new BackpackError('document-missing'));
  const bytes = saidOf(kept.badge, kept.verdict.outcome, kept.verdict.at);
  const hash = await sha256Of(bytes);
  const documents = new Map<Sha256, Uint8Array>([[hash, bytes]]);
  const listed: DisclosedDocument[] = [
    { hash, bytes: bytes.length, what: 'said', mediaType: 'application/json' },
  ];
  const said = [...(await readableIn(bytes))];
  const { picture } = kept;
  const isBare = pictureBytes !== undefined && !(await unbake(pictureBytes)).ok;
  if (picture !== undefined && isBare) {
    said.push(...(await readableIn(pictureBytes)));
    documents.set(picture.hash, pictureBytes);
    listed.push({ ...picture, bytes: pictureBytes.length, what: 'picture' });
  }
  const disclosure = discloseBadge({ documents: listed, recipients: [], said, identities });
  const { seenValidAt } = itemOf(kept, []);
  const beside = [...documents.keys()].filter((one) => one !== hash);
  return ok({ item: { said: hash, with: beside, seenValidAt, recipient: 'hidden' }, documents, disclosure });
}

/** The addresses that the learner calls his own. */
export async function identitiesIn(storage: SyncStorage): Promise<readonly Identity[]> {
  const identities: Identity[] = [];
  const read = (doc: Doc): void => {
    const type = fieldOf(doc, 'type');
    const value = fieldOf(doc, 'value');
    if (doc.t === 'email' && exists(doc) && typeof type === 'string' && typeof value === 'string')
      identities.push({ type, value });
  };
  await storage.read((tables) => tables.docs.each(read));
  return identities;
}

function itemOf(kept: KeptBadge, hashes: readonly Sha256[]): ManifestItem & { readonly doc: Sha256 } {
  const seenValid = kept.history.find(({ outcome }) => outcome === 'valid')?.at;
  return {
    doc: kept.original,
    with: hashes.filter((hash) => hash !== kept.original),
    seenValidAt: seenValid ?? kept.verdict.at,
    recipient: 'hidden',
  };
}

/** The exact bytes kept under a hash; `undefined` while parts of them have not come. */
export async function readBytes(hash: Sha256, storage: SyncStorage): Promise<Uint8Array | undefined> {
  return storage.read(async (tables) => {
    const [first] = await tables.blobs.get([blobPartIdOf(hash, 0)]);
    const rest = Array.from({ length: (first?.parts ?? 1) - 1 }, (_, index) => blobPartIdOf(hash, index + 1));
    return joinBlob([first, ...(await tables.blobs.get(rest))]);
  });
}

/** What can be read in bytes by whoever unwraps them: in a picture, in a token, or as they are. */
async function readableIn(bytes: Uint8Array): Promise<readonly Json[]> {
  const unbaked = await unbake(bytes);
  const documents = unbaked.ok ? [unbaked.value.document, ...unbaked.value.others] : [bytes];
  return documents.flatMap((document) => {
    const json = parseJsonObject(document);
    if (json.ok) return [json.value];
    const text = textOf(document);
    if (text === undefined) return [];
    const parts = text.trim().split('.').slice(0, 2);
    const read = parts.map((part) => parseJson(textOf(bytesOfBase64Url(part) ?? new Uint8Array()) ?? ''));
    return read.every((part) => part.ok) ? read.flatMap((part) => (part.ok ? [part.value] : [])) : [text];
  });
}

/** As many as an index lists. */
const maxSnapshotDocuments = 50;
