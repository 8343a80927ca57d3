import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { type Bytes, concat, utf8 } from '../model/bytes.ts';
import type { Signer } from './compact-jws.ts';
import type { BoxKey } from './shapes.ts';
import { boxKeyOf, signerOf, signingKeyOf } from './signer.ts';

/** Everything that follows from the root (design §2). Held in memory by the page that unlocked, never stored. */
export type RootKeys = {
  readonly account: Signer;
  readonly identity: Signer;
  readonly inbox: { readonly key: BoxKey; readonly secret: Bytes };
  /** seals the keyring */
  readonly vault: CryptoKey;
};

/** The keys of a root of 32 bytes. The same root gives the same keys on every device. */
export async function rootKeysOf(root: Bytes): Promise<RootKeys> {
  const inboxSecret = await deriveBytes(root, 'inbox');
  return {
    account: await signerOfSeed(await deriveBytes(root, 'account')),
    identity: await signerOfSeed(await deriveBytes(root, 'identity')),
    inbox: { key: boxKeyOf(x25519.getPublicKey(inboxSecret)), secret: inboxSecret },
    vault: await aesKeyOf(await deriveBytes(root, 'vault')),
  };
}

/**
 * HKDF-SHA-256 with a salt of 32 zero bytes and info `backpack/1/<label>`: 32 bytes. One purpose a label.
 * Source: design §2, RFC 5869.
 */
export async function deriveBytes(secret: Bytes, label: string): Promise<Bytes> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = utf8(`backpack/1/${label}`);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info };
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, base, 256));
}

/** AES-256-GCM key that cannot be read out again. */
export function aesKeyOf(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** One who signs with an Ed25519 seed of 32 bytes. The seed itself cannot be read out of it. */
export async function signerOfSeed(seed: Bytes): Promise<Signer> {
  const key = signingKeyOf(ed25519.getPublicKey(seed));
  // PKCS #8 is the one form of a bare seed that WebCrypto takes (RFC 8410 §7).
  const pkcs8 = concat(pkcs8Prefix, seed);
  const secret = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return signerOf(key, secret);
}

const pkcs8Prefix = Uint8Array.of(
  0x30,
  0x2e,
  0x02,
  0x01,
  0x00,
  0x30,
  0x05,
  0x06,
  0x03,
  0x2b,
  0x65,
  0x70,
  0x04,
  0x22,
  0x04,
  0x20,
);
