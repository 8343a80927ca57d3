import {
  constants,
  createPublicKey,
  hash as hashAtOnce,
  type KeyObject,
  type JsonWebKey as NodeJwk,
  verify,
} from 'node:crypto';
import type { Sha256 } from '../shared/model/brands.ts';
import type { CheckSignature, HostCryptography, SignatureParameters } from '../shared/model/effects.ts';
import { lastKept } from '../shared/model/last-kept.ts';
import type { IsSignedBy } from '../shared/sync/chain.ts';
import type { CompactJws } from '../shared/sync/compact-jws.ts';
import type { SigningKey } from '../shared/sync/shapes.ts';

const checkSignature: CheckSignature = (parameters, jwk, signature, signed) => {
  const key = keyOf(jwk, parameters);
  return key === undefined ? undefined : verify(hashOf(parameters), signed, key, signature);
};

/**
 * Node's own cryptography, in this thread. The way to WebCrypto's threads and back takes longer than what is done
 * there, and longer still while they are busy with files.
 */
export const nodeCryptography: HostCryptography = {
  checkSignature,
  digest: (name, bytes) => new Uint8Array(hashAtOnce(name.replace('-', ''), bytes, 'buffer')),
};

/** SHA-256 as documents are named by it, in this thread: ten short ones take less than the way elsewhere and back. */
export function sha256AtOnce(bytes: Uint8Array): Sha256 {
  return hashAtOnce('sha256', bytes, 'base64url') as Sha256;
}

/** Whether an Ed25519 key made the signature of a token, in this thread. Keys come from chains, whose parser has looked at them. */
export const isSignedBy: IsSignedBy = ({ signature, signed }, x) =>
  checkSignature(ed25519, jwkOf(x), signature, signed) === true;

/** The same in another thread, for what has more to do meanwhile: it takes as long as all else of a push together. */
export function isSignedByMeanwhile({ signature, signed }: CompactJws, x: SigningKey): Promise<boolean> {
  const key = keyOf(jwkOf(x), ed25519);
  if (key === undefined) return Promise.resolve(false);
  return new Promise((resolve) =>
    verify(null, signed, key, signature, (error, isGood) => resolve(error === null && isGood)),
  );
}

const ed25519: SignatureParameters = { name: 'Ed25519' };
const jwkOf = (x: SigningKey) => ({ kty: 'OKP', crv: 'Ed25519', x });

/** Edwards curves hash in their own way. */
function hashOf({ hash }: SignatureParameters): string | null {
  return hash?.replace('-', '') ?? null;
}

/** Reading a key costs as much as using it. Enough for the devices that sync within a while. */
const keys = lastKept<KeyObject>(1000);

function keyOf(jwk: JsonWebKey, parameters: SignatureParameters): KeyObject | undefined {
  const { kty, crv, x, y, n, e } = jwk;
  const { name, saltLength } = parameters;
  const named = `${name} ${saltLength} ${kty} ${crv} ${x} ${y} ${n} ${e}`;
  const before = keys.get(named);
  if (before !== undefined) return before;
  const key = readKey(JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as NodeJwk);
  // Node takes these off the key itself. From an object around the key it takes them too, but then it throws and
  // catches two errors of its own at each signature, a sixth of the time (Node 24.21).
  return key === undefined ? undefined : keys.keep(named, Object.assign(key, optionsOf(parameters)));
}

function optionsOf({ name, saltLength }: SignatureParameters): object {
  if (name === 'ECDSA') return { dsaEncoding: 'ieee-p1363' };
  return name === 'RSA-PSS' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } : {};
}

function readKey(jwk: NodeJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // A point off the curve.
    return undefined;
  }
}
