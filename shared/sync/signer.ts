import { base64UrlOf } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { kidOf, type Signer } from './compact-jws.ts';
import { type BoxKey, isBoxKey, isSigningKey, type SigningKey } from './shapes.ts';

/** One who signs with a WebCrypto key, as devices do. */
export async function signerOf(key: SigningKey, secret: CryptoKey): Promise<Signer> {
  return {
    kid: await kidOf(key),
    key,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', secret, bytes)),
  };
}

/** Raw Ed25519 public key bytes as text. Throws for a key that nobody may rely on. */
export function signingKeyOf(raw: Uint8Array): SigningKey {
  const text = base64UrlOf(raw);
  if (!isSigningKey(text)) throw new BackpackError('unexpected', { member: 'signing key' });
  return text;
}

/** Raw X25519 public key bytes as text. Throws for a key that nobody may rely on. */
export function boxKeyOf(raw: Uint8Array): BoxKey {
  const text = base64UrlOf(raw);
  if (!isBoxKey(text)) throw new BackpackError('unexpected', { member: 'box key' });
  return text;
}
