import { isOwnArchive } from '../../shared/archive/archive-index.ts';
import { evidenceIn, type ReadArchive, readArchive } from '../../shared/archive/read-archive.ts';
import { sourceOf } from '../../shared/archive/zip-directory.ts';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { splitBlob } from '../../shared/sync/blobs.ts';
import { type Doc, exists, newestStampOf, withFields } from '../../shared/sync/doc.ts';
import { heldKeysOf } from '../../shared/sync/keyring.ts';
import { merge, sameDoc } from '../../shared/sync/merge.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { isStamp, laterStamp } from '../../shared/sync/stamp.ts';
import type { BlobPart } from '../../shared/sync/storage.ts';
import type { AccountRows } from '../store/account-rows.ts';
import { takeStamp } from '../store/clock.ts';
import { bytesAheadKey } from '../store/database.ts';
import { keptBadgeOf } from '../store/kept-badge.ts';
import { docTables, putChangedDocs } from '../store/write-docs.ts';
import type { AccountDeps } from './account-deps.ts';
import type { WriteDeps } from './keep.ts';
import { openRestored } from './restored-account.ts';

/** An archive that a learner chose. `badges`: the plain files of its badges. */
export type OpenedArchive = {
  readonly archive: ReadArchive;
  readonly made: Instant;
  readonly badges: readonly string[];
  /** `own`: made by a device of this account; `by-code`: the recovery code may show that it is; else nobody's word */
  readonly standing: 'own' | 'by-code' | 'foreign';
};

/** Opens an archive and tells whose it is. Errors: `not-an-archive`, `archive-changed`. */
export async function openArchive(file: Blob, rows: AccountRows): Promise<Result<OpenedArchive>> {
  const read = await readArchive(sourceOf(file));
  if (!read.ok) return read;
  const { index, signature } = read.value;
  const badges = index.files.flatMap(({ path }) => (path.startsWith('badges/') ? [path] : []));
  const blind = (await rows.get('account'))?.held.blind;
  const isOwn = signature !== undefined && blind !== undefined && (await isOwnArchive(signature, blind));
  const mayOpen = signature !== undefined && index.account?.unlocker.kind === 'recovery';
  const standing = isOwn ? 'own' : mayOpen ? 'by-code' : 'foreign';
  return ok({ archive: read.value, made: index.made, badges, standing });
}

/**
 * True when the code opens the account that the archive holds, and a device of that account made it. From then on this
 * browser can open that account again, at any server. Errors: `recovery-code-mistyped`, `recovery-code-unknown`,
 * `archive-changed`.
 */
export async function ownByCode(
  { archive }: OpenedArchive,
  code: string,
  rows: AccountRows,
): Promise<Result<null>> {
  const { signature } = archive;
  const { account } = archive.index;
  const secret = parseRecoveryCode(code);
  if (!secret.ok) return secret;
  if (signature === undefined || account === undefined)
    return failed(new BackpackError('recovery-code-unknown'));
  const opened = await openRestored(account, secret.value);
  if (!opened.ok) return opened;
  const { blind } = await heldKeysOf(opened.value.keyring, account.acct);
  if (!(await isOwnArchive(signature, blind))) return failed(new BackpackError('archive-changed'));
  await rows.put('restored', account);
  return ok(null);
}

/**
 * Puts all that the learner's own archive holds beside what is here, as if another of his browsers had sent it: what is
 * newer here stays newer, and what was removed since comes back, because he asks for it. Bytes come first, so that a
 * stop on the way leaves no badge without its file; it is then simply begun again, or upkeep lets go of them. Syncing,
 * which deletes bytes that nothing names, waits meanwhile. Errors: as of `openArchive`.
 */
export async function restoreArchive(
  { archive }: OpenedArchive,
  deps: WriteDeps & Pick<AccountDeps, 'alone'>,
  tell: (done: number, of: number) => void,
): Promise<Result<{ readonly badges: number }>> {
  return deps.alone(async () => {
    const { files } = archive.index;
    for (const [at, { path, hash }] of files.entries()) {
      const kept = await keepFile(archive, path, hash, deps);
      if (!kept.ok) return kept;
      tell(at, files.length);
    }
    const docs = archive.docs.filter(isOfBackpack);
    for (let at = 0; at < docs.length; at += docsAtOnce)
      await keepDocs(docs.slice(at, at + docsAtOnce), deps);
    return ok({ badges: docs.filter((doc) => keptBadgeOf(doc) !== undefined).length });
  });
}

/**
 * True for what a learner keeps. Devices and settings are the account's at its server: what was published there, how it
 * is opened. Of an account that goes on they come by syncing; of another they would speak of pages that are not there.
 */
export function isOfBackpack({ t }: Doc): boolean {
  return t !== 'device' && t !== 'settings';
}

async function keepFile(
  archive: ReadArchive,
  path: string,
  hash: Sha256,
  deps: WriteDeps,
): Promise<Result<null>> {
  if (path.startsWith('evidence/')) {
    const bytes = await archive.read(path);
    const documents = bytes.ok ? evidenceIn(path, bytes.value) : bytes;
    if (!documents.ok) return documents;
    for (const document of documents.value)
      await putAhead(splitBlob(await sha256Of(document), document), deps);
  } else if (path.startsWith('badges/') || path.startsWith('pictures/')) {
    const bytes = await archive.read(path);
    if (!bytes.ok) return bytes;
    await putAhead(splitBlob(hash, bytes.value), deps);
  }
  return ok(null);
}

/** Writes bytes whose documents are still to come, and that there are such. */
async function putAhead(parts: readonly BlobPart[], { store, clock }: WriteDeps): Promise<void> {
  await store.write(['blobs', 'local'], async ({ blobs, local }) => {
    await blobs.bulkPut(parts);
    await local.put({ key: bytesAheadKey, value: clock() });
  });
}

async function keepDocs(docs: readonly Doc[], { store, clock, random }: WriteDeps): Promise<void> {
  const now = clock();
  await store.write(docTables, async (inside) => {
    const newest = docs.reduce<string>((last, doc) => laterOf(last, newestStampOf(doc)), '');
    const given = await inside.local.get('clock');
    await inside.local.put({ key: 'clock', value: laterOf(String(given?.value ?? ''), newest) });
    const stamp = await takeStamp(inside, now, random);
    const here = await inside.docs.bulkGet(docs.map(({ id }) => id));
    const changed = docs.flatMap((doc, at) => {
      const local = here[at];
      const merged = local === undefined ? doc : merge(local, doc);
      const back = exists(doc) && !exists(merged) ? withFields(merged, valuesOf(doc), stamp) : merged;
      return local !== undefined && sameDoc(back, local) ? [] : [back];
    });
    await putChangedDocs(inside, changed, stamp, now);
  });
}

const valuesOf = ({ f }: Doc) =>
  Object.fromEntries(Object.entries(f).map(([name, [value]]) => [name, value]));
const laterOf = (a: string, b: string): string =>
  isStamp(a) && isStamp(b) ? laterStamp(a, b) : isStamp(a) ? a : b;

const docsAtOnce = 100;
