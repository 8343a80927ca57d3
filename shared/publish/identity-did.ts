import * as v from 'valibot';
import { base58Of, bytesOfBase58 } from '../model/base58.ts';
import type { Did } from '../model/brands.ts';
import { base64UrlOf, bytesOfBase64Url, concat, sameBytes } from '../model/bytes.ts';
import { isSigningKey, type SigningKey } from '../sync/shapes.ts';

/** The did:key of an Ed25519 key: how a learner is named in public. Source: did:key method §3.1.2. */
export function didOfIdentity(key: SigningKey): Did {
  const raw = bytesOfBase64Url(key) ?? new Uint8Array();
  return `did:key:z${base58Of(concat(ed25519Multicodec, raw))}` as Did;
}

/** The form of a did:key; whether it is that of an Ed25519 key: `identityOfDid`. */
export const didShape = v.custom<Did>(
  (input) => typeof input === 'string' && /^did:key:z[1-9A-HJ-NP-Za-km-z]{40,60}$/.test(input),
);

/** The Ed25519 key of a did:key; `undefined` for keys of another kind, and for those that nobody may rely on. */
export function identityOfDid(did: Did): SigningKey | undefined {
  if (!v.is(didShape, did)) return undefined;
  const bytes = bytesOfBase58(did.slice('did:key:z'.length));
  if (bytes?.length !== 34 || !sameBytes(bytes.subarray(0, 2), ed25519Multicodec)) return undefined;
  const key = base64UrlOf(bytes.subarray(2));
  return isSigningKey(key) ? key : undefined;
}

const ed25519Multicodec = Uint8Array.of(0xed, 0x01);
