import {
  constants,
  createPublicKey,
  hash as hashAtOnce,
  type KeyObject,
  type JsonWebKey as NodeJwk,
  verify,
} from 'node:crypto';
import type { CheckSignature, HostCryptography, SignatureParameters } from '../shared/model/effects.ts';

/** Keys of the last badges: reading one costs as much as using it. */
const keys = new Map<string, KeyObject | undefined>();
const maxKeys = 64;

/**
 * Node's own cryptography, in this thread. The way to WebCrypto's threads and back takes longer than what is done
 * there, and longer still while they are busy with files.
 */
export const nodeCryptography: HostCryptography = {
  checkSignature: (...asked) => checkSignature(...asked),
  digest: (name, bytes) => new Uint8Array(hashAtOnce(name.replace('-', ''), bytes, 'buffer')),
};

const checkSignature: CheckSignature = (parameters, jwk, signature, signed) => {
  const key = keyOf(jwk);
  if (key === undefined) return undefined;
  const { name, saltLength = 0 } = parameters;
  const options = {
    key,
    ...(name === 'ECDSA' ? { dsaEncoding: 'ieee-p1363' as const } : {}),
    ...(name === 'RSA-PSS' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } : {}),
  };
  return verify(hashOf(parameters), signed, options, signature);
};

/** Edwards curves hash in their own way. */
function hashOf({ hash }: SignatureParameters): string | null {
  return hash?.replace('-', '') ?? null;
}

function keyOf({ kty, crv, x, y, n, e }: JsonWebKey): KeyObject | undefined {
  const name = `${kty} ${crv} ${x} ${y} ${n} ${e}`;
  if (keys.has(name)) return keys.get(name);
  const oldest = keys.keys().next();
  if (keys.size >= maxKeys && !oldest.done) keys.delete(oldest.value);
  const key = readKey(JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as NodeJwk);
  keys.set(name, key);
  return key;
}

function readKey(jwk: NodeJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // A point off the curve.
    return undefined;
  }
}
