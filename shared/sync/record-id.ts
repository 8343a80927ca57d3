import type { Sha256 } from '../model/brands.ts';
import { base64UrlOf, utf8 } from '../model/bytes.ts';
import type { DocId } from './doc.ts';
import type { RecordId } from './shapes.ts';

/**
 * The name of a document's record: HMAC-SHA-256 of its id under the account's blinding key. Equal documents of two
 * devices meet in one record, and the server cannot tell what any of them is (design §4).
 */
export function recordIdOfDoc(blind: CryptoKey, id: DocId): Promise<RecordId> {
  return blinded(blind, id);
}

/** The name of the record that holds one part of bytes. */
export function recordIdOfBlob(blind: CryptoKey, hash: Sha256, part: number): Promise<RecordId> {
  return blinded(blind, `blob|${hash}|${part}`);
}

/** What the published manifest says of a log's head without naming it (design §7). */
export async function markOf(blind: CryptoKey, head: Sha256): Promise<string> {
  return blinded(blind, head);
}

async function blinded(blind: CryptoKey, text: string): Promise<RecordId> {
  return base64UrlOf(new Uint8Array(await crypto.subtle.sign('HMAC', blind, utf8(text)))) as RecordId;
}
