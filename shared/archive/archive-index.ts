import * as v from 'valibot';
import { base64UrlOf, sha256Of, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { maxJsonDepth, parseJsonObject } from '../model/json.ts';
import { maxArchiveFiles, maxArchiveListBytes, maxKeyringBytes, maxUnlockers } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import {
  type CompactJws,
  kidOf,
  parseCompactJws,
  type Signer,
  signCompactJws,
  verifyCompactJws,
} from '../sync/compact-jws.ts';
import {
  base64UrlShape,
  hashShape,
  instantShape,
  parseShape,
  signingKeyShape,
  wholeNumberShape,
} from '../sync/shapes.ts';
import { unlockerShape } from '../sync/unlocker.ts';

/** The files of an archive that are about the archive itself; the others are named by its index. */
export const indexPath = 'index.json';
export const signaturePath = 'index.jws';
/** Every document of the backpack, one to a line, as the learner's devices keep it. */
export const documentsPath = 'backpack.jsonl';
/** The same where one file would be too long to be read at once: the second of them, and so on. */
export const furtherDocumentsPath = (number: number): string =>
  `backpack-${String(number).padStart(4, '0')}.jsonl`;
/** What shows and checks the others in any browser. */
export const pagePath = 'index.html';

const fileShape = v.strictObject({
  path: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  hash: hashShape,
  length: wholeNumberShape(0, maxArchiveListBytes),
});
export type ArchiveFile = v.InferOutput<typeof fileShape>;

/** What opens the account again without any server: sealed, so that the archive alone gives nothing away. */
const accountShape = v.strictObject({
  acct: hashShape,
  keyring: base64UrlShape(maxKeyringBytes),
  unlocker: unlockerShape,
  /** the learner’s further recovery codes; absent where there is but one */
  others: v.exactOptional(v.pipe(v.array(unlockerShape), v.maxLength(maxUnlockers))),
});
export type ArchivedAccount = v.InferOutput<typeof accountShape>;

const indexShape = v.strictObject({
  v: v.literal(1),
  made: instantShape,
  account: v.exactOptional(accountShape),
  files: v.pipe(v.array(fileShape), v.maxLength(maxArchiveFiles)),
});

/** Everything that an archive holds, by path, hash and length. */
export type ArchiveIndex = v.InferOutput<typeof indexShape>;

const signatureShape = v.strictObject({
  v: v.literal(1),
  index: hashShape,
  /** the device that made it */
  key: signingKeyShape,
  /** HMAC of the index under the account's blinding key: only the learner's own devices can make it */
  mac: hashShape,
});

/** The device's word for an index, whose signature has been checked. Whose device it is, `isOwnArchive` tells. */
export type ArchiveSignature = v.InferOutput<typeof signatureShape>;

const maxSignatureLength = 2048;
/** Each file is an object of three values; of so many any other JSON would be refused. */
const indexCrowd = 5;

/** Reads the index of an archive. Errors: `not-an-archive`. */
export function parseArchiveIndex(bytes: Uint8Array): Result<ArchiveIndex> {
  const json = parseJsonObject(bytes, maxJsonDepth, indexCrowd);
  const index = json.ok ? parseShape(indexShape, json.value, 'not-an-archive') : json;
  if (!index.ok) return failed(new BackpackError('not-an-archive', { member: indexPath }));
  const paths = new Set(index.value.files.map(({ path }) => path));
  return paths.size === index.value.files.length
    ? ok(index.value)
    : failed(new BackpackError('not-an-archive', { member: indexPath }));
}

/** Signs an index: by the device's key for everybody, by the account's blinding key for the learner's own devices. */
export async function signArchive(index: Uint8Array, signer: Signer, blind: CryptoKey): Promise<string> {
  const hash = await sha256Of(index);
  const payload = { v: 1, index: hash, key: signer.key, mac: await macOf(hash, blind) };
  return signCompactJws('backpack-archive', payload, signer);
}

/** The signature of an index, checked against the key that it names. Errors: `archive-changed`. */
export async function readArchiveSignature(
  token: string,
  index: Uint8Array,
): Promise<Result<ArchiveSignature>> {
  const jws = parseCompactJws(token, 'backpack-archive', maxSignatureLength);
  const signature = jws.ok ? parseShape(signatureShape, jws.value.payload, 'archive-changed') : jws;
  const holds = jws.ok && signature.ok && (await isBy(jws.value, signature.value, index));
  return holds ? signature : failed(new BackpackError('archive-changed', { member: signaturePath }));
}

async function isBy(
  jws: CompactJws,
  { key, index: hash }: ArchiveSignature,
  index: Uint8Array,
): Promise<boolean> {
  return (
    jws.kid === (await kidOf(key)) && hash === (await sha256Of(index)) && (await verifyCompactJws(jws, key))
  );
}

/**
 * True when a device of the account with this blinding key made the archive. Only then what it says of verdicts and
 * snapshots is more than a stranger's word (threats T72).
 */
export async function isOwnArchive(signature: ArchiveSignature, blind: CryptoKey): Promise<boolean> {
  return signature.mac === (await macOf(signature.index, blind));
}

async function macOf(index: string, blind: CryptoKey): Promise<string> {
  const text = utf8(`archive|${index}`);
  return base64UrlOf(new Uint8Array(await crypto.subtle.sign('HMAC', blind, text)));
}
