import { type Bytes, base64UrlOf, bytesOfBase64Url, concat, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type Json, type JsonObject, parseJson, parseJsonObject } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type BoxKey, isBoxKey } from './shapes.ts';

const algorithm = 'ECDH-ES';
const encryption = 'A256GCM';
const ivBytes = 12;
const tagBytes = 16;

/**
 * A text for one device alone: compact JWE, ECDH-ES over X25519 with A256GCM. Who sent it a box does not say; that is
 * for the commit or the check number around it. Source: design §2, RFC 7516 §5.1, RFC 8037 §3.2.
 */
export async function sealBox(content: Json, to: BoxKey): Promise<string> {
  if (!isBoxKey(to)) throw new BackpackError('unexpected', { member: 'box key' });
  const once = await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
  if (!('publicKey' in once)) throw new TypeError('a key pair was expected');
  const x = base64UrlOf(new Uint8Array(await crypto.subtle.exportKey('raw', once.publicKey)));
  const header = { alg: algorithm, enc: encryption, epk: { kty: 'OKP', crv: 'X25519', x } };
  const protectedHeader = base64UrlOf(utf8(JSON.stringify(header)));
  const key = await sharedKey(once.privateKey, to, 'encrypt');
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt(gcm(iv, protectedHeader), key, utf8(JSON.stringify(content))),
  );
  const parts = [iv, sealed.subarray(0, -tagBytes), sealed.subarray(-tagBytes)];
  return [protectedHeader, '', ...parts.map(base64UrlOf)].join('.');
}

/**
 * Opens a box with a device's own secret. `maxLength`: in characters, judged before anything else.
 * The header has exactly `alg`, `enc` and an X25519 `epk` of no small order: no other algorithm is tried, nothing is
 * inflated, no key is taken from elsewhere. Errors: `sync-distrust` with `reason: 'cannot-open'`.
 */
export async function openBox(
  box: string,
  secret: CryptoKey,
  maxLength: number,
): Promise<Result<JsonObject>> {
  if (box.length > maxLength) return cannotOpen();
  const [protectedHeader = '', wrappedKey, ...rest] = box.split('.');
  const from = senderOf(protectedHeader);
  const [iv, sealed, tag, ...more] = rest.map(bytesOfBase64Url);
  if (from === undefined || wrappedKey !== '' || more.length > 0) return cannotOpen();
  if (iv?.length !== ivBytes || sealed === undefined || tag?.length !== tagBytes) return cannotOpen();
  try {
    const key = await sharedKey(secret, from, 'decrypt');
    const plain = await crypto.subtle.decrypt(gcm(iv, protectedHeader), key, concat(sealed, tag));
    const content = parseJsonObject(new Uint8Array(plain));
    return content.ok ? ok(content.value) : cannotOpen();
  } catch {
    return cannotOpen();
  }
}

/** The header is sealed too, as it is written. Source: RFC 7516 §5.1 step 14. */
function gcm(iv: Bytes, protectedHeader: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: utf8(protectedHeader), tagLength: 8 * tagBytes };
}

/**
 * The one key that both ends come to: no party is named, and one round gives all of its bits.
 * Source: RFC 7518 §4.6.2, NIST SP 800-56A §5.8.1.
 */
async function sharedKey(secret: CryptoKey, other: BoxKey, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const raw = bytesOfBase64Url(other) ?? new Uint8Array();
  const key = await crypto.subtle.importKey('raw', raw, 'X25519', false, []);
  const agreed = await crypto.subtle.deriveBits({ name: 'X25519', public: key }, secret, 256);
  const parties = concat(wordOf(0), wordOf(0));
  const purpose = concat(wordOf(encryption.length), utf8(encryption), parties, wordOf(256));
  const hash = await crypto.subtle.digest('SHA-256', concat(wordOf(1), new Uint8Array(agreed), purpose));
  return crypto.subtle.importKey('raw', hash, 'AES-GCM', false, [use]);
}

/** A number as four bytes, the highest first. */
function wordOf(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** The key that the box was sealed with, when its header is exactly of our form. */
function senderOf(protectedHeader: string): BoxKey | undefined {
  const bytes = bytesOfBase64Url(protectedHeader);
  const text = bytes === undefined ? undefined : textOf(bytes);
  const header = text === undefined ? undefined : parseJson(text);
  // Exactly as it is written: no member twice, none in another form.
  if (header?.ok !== true || !isJsonObject(header.value) || JSON.stringify(header.value) !== text)
    return undefined;
  const { alg, enc, epk, ...rest } = header.value;
  if (alg !== algorithm || enc !== encryption || Object.keys(rest).length > 0) return undefined;
  if (!isJsonObject(epk)) return undefined;
  const { kty, crv, x, ...more } = epk;
  const isUsual = kty === 'OKP' && crv === 'X25519' && Object.keys(more).length === 0;
  return isUsual && isBoxKey(x) ? x : undefined;
}

function cannotOpen(): Result<never> {
  return failed(new BackpackError('sync-distrust', { reason: 'cannot-open' }));
}
