import { createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';
import type { Bytes } from '../shared/model/bytes.ts';
import { kidOf, type Signer } from '../shared/sync/compact-jws.ts';
import type { SigningKey } from '../shared/sync/shapes.ts';

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. Source: RFC 8410 §7. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key with which this server signs what it has seen, the same in all of its processes and after each restart: made
 * of its secrets, so that there is nothing more to keep.
 */
export async function witnessOf(pepper: Uint8Array): Promise<Signer> {
  const seed = Buffer.from(hkdfSync('sha256', pepper, '', 'backpack/1/witness', 32));
  const secret = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const key = createPublicKey(secret).export({ format: 'jwk' }).x as SigningKey;
  return {
    kid: await kidOf(key),
    key,
    sign: async (bytes: Bytes) => new Uint8Array(sign(null, bytes, secret)),
  };
}
