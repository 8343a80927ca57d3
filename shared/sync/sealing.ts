import { type Bytes, concat, utf8 } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { maxRecordBytes, sealOverheadBytes } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { HeldKeys } from './keyring.ts';
import type { RecordId } from './shapes.ts';

/** What a record's plain bytes are. */
export type Content = { readonly kind: 'doc' | 'blob'; readonly bytes: Uint8Array };

/** Most bytes that a record holds beside its own kind and length. */
export const maxContentBytes = maxRecordBytes - 5;

/**
 * Seals one version of a record (design §4): suite 1 | epoch u32 | nonce 12 | AES-256-GCM under a key of the record's
 * own, bound to account, record, revision and epoch, so that a server can neither swap records nor serve an old one as
 * new. Padded to 512 bytes or the next power of two. Throws when `content` is longer than `maxContentBytes`.
 */
export async function sealRecord(
  keys: HeldKeys,
  record: { readonly id: RecordId; readonly rev: number },
  content: Content,
  random: Random,
): Promise<Bytes> {
  const epoch = keys.epochs.at(-1);
  if (epoch === undefined) throw new BackpackError('unexpected', { member: 'epoch' });
  const header = headerOf(epoch.e);
  const iv = new Uint8Array(random(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: associatedData(keys, record, epoch.e) };
  const key = await recordKeyOf(epoch.key, record.id);
  const sealed = await crypto.subtle.encrypt(parameters, key, padded(content));
  return concat(header, iv, new Uint8Array(sealed));
}

/**
 * Opens one version of a record. Another suite is an error, never a negotiation.
 * Errors: `sync-distrust` with `reason: 'cannot-open'`.
 */
export async function openRecord(
  keys: HeldKeys,
  record: { readonly id: RecordId; readonly rev: number },
  sealed: Uint8Array,
): Promise<Result<Content>> {
  if (sealed.length < sealOverheadBytes || sealed[0] !== suite) return cannotOpen();
  const e = new DataView(sealed.buffer, sealed.byteOffset).getUint32(1);
  const epoch = keys.epochs.find((held) => held.e === e);
  if (epoch === undefined) return cannotOpen();
  const parameters = {
    name: 'AES-GCM',
    iv: sealed.subarray(5, 17) as Bytes,
    additionalData: associatedData(keys, record, e),
  };
  try {
    const key = await recordKeyOf(epoch.key, record.id);
    const opened = await crypto.subtle.decrypt(parameters, key, sealed.subarray(17) as Bytes);
    return unpadded(new Uint8Array(opened));
  } catch {
    return cannotOpen();
  }
}

/** Bytes that a content of `length` bytes takes up on the server. */
export function sealedLengthOf(length: number): number {
  return bucketOf(length + 5) + sealOverheadBytes;
}

/** kind u8 | length u32 | bytes | zeros up to the bucket */
function padded(content: Content): Bytes {
  if (content.bytes.length > maxContentBytes)
    throw new BackpackError('too-large', { bytes: content.bytes.length });
  const plain = new Uint8Array(bucketOf(content.bytes.length + 5));
  plain[0] = content.kind === 'doc' ? 0 : 1;
  new DataView(plain.buffer).setUint32(1, content.bytes.length);
  plain.set(content.bytes, 5);
  return plain;
}

function unpadded(plain: Bytes): Result<Content> {
  const kind = plain[0] === 0 ? 'doc' : plain[0] === 1 ? 'blob' : undefined;
  if (kind === undefined || plain.length < 5) return cannotOpen();
  const length = new DataView(plain.buffer).getUint32(1);
  return length <= plain.length - 5 ? ok({ kind, bytes: plain.subarray(5, 5 + length) }) : cannotOpen();
}

function bucketOf(length: number): number {
  let bucket = smallestBucketBytes;
  while (bucket < length) bucket *= 2;
  return bucket;
}

function recordKeyOf(epochKey: CryptoKey, id: RecordId): Promise<CryptoKey> {
  const info = utf8(`backpack/1/record|${id}`);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info };
  const form = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, epochKey, form, false, ['encrypt', 'decrypt']);
}

function associatedData(
  keys: HeldKeys,
  record: { readonly id: RecordId; readonly rev: number },
  epoch: number,
): Bytes {
  return utf8(`${suite}|${keys.acct}|${record.id}|${record.rev}|${epoch}`);
}

function headerOf(epoch: number): Bytes {
  const header = new Uint8Array(5);
  header[0] = suite;
  new DataView(header.buffer).setUint32(1, epoch);
  return header;
}

function cannotOpen(): Result<never> {
  return failed(new BackpackError('sync-distrust', { reason: 'cannot-open' }));
}

const suite = 1;
const smallestBucketBytes = 512;
