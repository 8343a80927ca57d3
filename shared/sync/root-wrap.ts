import { type Bytes, base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { Signer } from './compact-jws.ts';
import { aesKeyOf, deriveBytes, signerOfSeed } from './key-schedule.ts';
import type { AccountId } from './shapes.ts';
import type { KeptUnlocker } from './unlocker.ts';

/** What a wrap of the root is bound to (design §2), so that no wrap passes for another. */
export type WrapPlace = { readonly acct: AccountId; readonly kind: string; readonly id: string };

/** The root sealed under an unlocker's key: nonce, AES-256-GCM, AAD `account|kind|id`. */
export async function wrapRoot(
  root: Bytes,
  key: CryptoKey,
  place: WrapPlace,
  random: Random,
): Promise<string> {
  const iv = new Uint8Array(random(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: associatedData(place) };
  return base64UrlOf(concat(iv, new Uint8Array(await crypto.subtle.encrypt(parameters, key, root))));
}

/** Opens a wrap. Errors: `recovery-code-unknown`: this key did not make it, or not for this place. */
export async function unwrapRoot(wrap: string, key: CryptoKey, place: WrapPlace): Promise<Result<Bytes>> {
  const bytes = bytesOfBase64Url(wrap);
  if (bytes === undefined) return failed(new BackpackError('recovery-code-unknown'));
  const parameters = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: associatedData(place) };
  try {
    const root = await crypto.subtle.decrypt(parameters, key, bytes.slice(12));
    return root.byteLength === 32
      ? ok(new Uint8Array(root))
      : failed(new BackpackError('recovery-code-unknown'));
  } catch (cause) {
    return failed(new BackpackError('recovery-code-unknown', {}, cause));
  }
}

/** The unlocker that a recovery code's secret of 16 bytes makes for an account. */
export async function recoveryUnlockerOf(
  secret: Bytes,
  root: Bytes,
  acct: AccountId,
  random: Random,
): Promise<KeptUnlocker> {
  const id = base64UrlOf(random(16));
  const { signer, wrapping } = await recoveryKeysOf(secret);
  const wrap = await wrapRoot(root, wrapping, { acct, kind: 'recovery', id }, random);
  return { id, kind: 'recovery', key: signer.key, wrap };
}

/** What follows from a recovery code's secret: who asks for the wrap, and the key that opens it. */
export async function recoveryKeysOf(
  secret: Bytes,
): Promise<{ readonly signer: Signer; readonly wrapping: CryptoKey }> {
  return {
    signer: await signerOfSeed(await deriveBytes(secret, 'recovery-sign')),
    wrapping: await aesKeyOf(await deriveBytes(secret, 'recovery-wrap')),
  };
}

/** What an authenticator gives for a passkey: its name, its public key (SPKI), and 32 bytes that only it can make. */
export type MadePasskey = { readonly credential: string; readonly key: string; readonly prf: Bytes };

/** The unlocker that a passkey makes for an account. */
export async function passkeyUnlockerOf(
  { credential, key, prf }: MadePasskey,
  root: Bytes,
  acct: AccountId,
  random: Random,
): Promise<KeptUnlocker> {
  const id = base64UrlOf(random(16));
  const wrap = await wrapRoot(root, await passkeyWrappingOf(prf), { acct, kind: 'passkey', id }, random);
  return { id, kind: 'passkey', credential, key, wrap };
}

/** The key that follows from a passkey's 32 bytes. */
export async function passkeyWrappingOf(prf: Bytes): Promise<CryptoKey> {
  return aesKeyOf(await deriveBytes(prf, 'passkey-wrap'));
}

function associatedData(place: WrapPlace): Bytes {
  return utf8(`${place.acct}|${place.kind}|${place.id}`);
}
