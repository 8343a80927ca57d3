import * as v from 'valibot';
import { type Bytes, base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import { parseJsonObject } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type AccountId, base64UrlShape, parseShape, wholeNumberShape } from './shapes.ts';

const secretShape = v.pipe(base64UrlShape(32), v.length(43));

/** One epoch in clear: its number, from 1 on, and its key. */
export const epochShape = v.strictObject({ e: wholeNumberShape(1, 0xffffffff), key: secretShape });
export type Epoch = v.InferOutput<typeof epochShape>;

export const keyringShape = v.strictObject({
  epochs: v.pipe(v.array(epochShape), v.minLength(1), v.maxLength(1000)),
  blind: secretShape,
  oldInbox: v.pipe(v.array(secretShape), v.maxLength(100)),
});

/**
 * The random secrets of an account, in clear: one key an epoch, newest last, the key that blinds record names, and
 * inbox secrets of former roots. Random rather than derived, so that a new root re-seals this one object and leaves
 * every record alone (design §2). Only ever in memory; what a device keeps are `HeldKeys`.
 */
export type Keyring = v.InferOutput<typeof keyringShape>;

/** What a device keeps of the keyring: handles that cannot be read out, and can be stored as they are. */
export type HeldKeys = {
  readonly acct: AccountId;
  readonly epochs: readonly { readonly e: number; readonly key: CryptoKey }[];
  readonly blind: CryptoKey;
};

/** A fresh keyring of one epoch. */
export function newKeyring(random: Random): Keyring {
  return { epochs: [newEpoch(1, random)], blind: base64UrlOf(random(32)), oldInbox: [] };
}

/** The keyring with one epoch more, which those who know only the older ones cannot read. */
export function withNewEpoch(keyring: Keyring, random: Random): Keyring {
  const last = keyring.epochs.at(-1)?.e ?? 0;
  return { ...keyring, epochs: [...keyring.epochs, newEpoch(last + 1, random)] };
}

function newEpoch(e: number, random: Random): Epoch {
  return { e, key: base64UrlOf(random(32)) };
}

/** The keyring sealed under the vault key: suite 1, nonce, AES-256-GCM, bound to the account. */
export async function sealKeyring(
  keyring: Keyring,
  acct: AccountId,
  vault: CryptoKey,
  random: Random,
): Promise<string> {
  const iv = new Uint8Array(random(12));
  const parameters = { name: 'AES-GCM', iv, additionalData: associatedData(acct) };
  const sealed = await crypto.subtle.encrypt(parameters, vault, utf8(JSON.stringify(keyring)));
  return base64UrlOf(concat(suite, iv, new Uint8Array(sealed)));
}

/** Opens a sealed keyring. Errors: `sync-distrust`, when it is not what this root sealed for this account. */
export async function openKeyring(
  sealed: string,
  acct: AccountId,
  vault: CryptoKey,
): Promise<Result<Keyring>> {
  const bytes = bytesOfBase64Url(sealed);
  if (bytes === undefined || bytes[0] !== suite[0]) return distrusted();
  const parameters = { name: 'AES-GCM', iv: bytes.slice(1, 13), additionalData: associatedData(acct) };
  let opened: Bytes;
  try {
    opened = new Uint8Array(await crypto.subtle.decrypt(parameters, vault, bytes.slice(13)));
  } catch (cause) {
    return failed(new BackpackError('sync-distrust', { reason: 'cannot-open' }, cause));
  }
  const json = parseJsonObject(opened);
  const keyring = json.ok ? parseShape(keyringShape, json.value, 'sync-distrust') : distrusted();
  return keyring.ok ? ok(keyring.value) : distrusted();
}

/** The handles that a device keeps, so that it syncs without being unlocked. */
export async function heldKeysOf(keyring: Keyring, acct: AccountId): Promise<HeldKeys> {
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const blind = await crypto.subtle.importKey('raw', secretOf(keyring.blind), hmac, false, ['sign']);
  return { acct, epochs: await epochHandlesOf(keyring.epochs), blind };
}

/** Epochs as the handles that a device keeps. */
export function epochHandlesOf(epochs: readonly Epoch[]): Promise<HeldKeys['epochs']> {
  return Promise.all(
    epochs.map(async ({ e, key }) => ({
      e,
      key: await crypto.subtle.importKey('raw', secretOf(key), 'HKDF', false, ['deriveKey']),
    })),
  );
}

function secretOf(text: string): Bytes {
  return bytesOfBase64Url(text) ?? new Uint8Array();
}

function associatedData(acct: AccountId): Bytes {
  return utf8(`1|${acct}|keyring`);
}

function distrusted(): Result<never> {
  return failed(new BackpackError('sync-distrust', { reason: 'cannot-open' }));
}

const suite = Uint8Array.of(1);
