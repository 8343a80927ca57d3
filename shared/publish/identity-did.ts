import { base58 } from '@scure/base';
import type { Did } from '../model/brands.ts';
import { bytesOfBase64Url, concat } from '../model/bytes.ts';
import type { SigningKey } from '../sync/shapes.ts';

/** The did:key of an Ed25519 key: how a learner is named in public. Source: did:key method §3.1.2. */
export function didOfIdentity(key: SigningKey): Did {
  const raw = bytesOfBase64Url(key) ?? new Uint8Array();
  return `did:key:z${base58.encode(concat(ed25519Multicodec, raw))}` as Did;
}

const ed25519Multicodec = Uint8Array.of(0xed, 0x01);
