import { CompactEncrypt, compactDecrypt } from 'jose';
import { bytesOfBase64Url, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type Json, type JsonObject, parseJson, parseJsonObject } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type BoxKey, isBoxKey } from './shapes.ts';

const algorithm = 'ECDH-ES';
const encryption = 'A256GCM';

/**
 * A text for one device alone: compact JWE, ECDH-ES over X25519 with A256GCM. Who sent it a box does not say; that is
 * for the commit or the check number around it. Source: design §2, RFC 7516, RFC 8037 §3.2.
 */
export async function sealBox(content: Json, to: BoxKey): Promise<string> {
  const raw = bytesOfBase64Url(to);
  if (raw === undefined || !isBoxKey(to)) throw new BackpackError('unexpected', { member: 'box key' });
  const key = await crypto.subtle.importKey('raw', raw, 'X25519', true, []);
  return new CompactEncrypt(utf8(JSON.stringify(content)))
    .setProtectedHeader({ alg: algorithm, enc: encryption })
    .encrypt(key);
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
  if (box.length > maxLength || !hasKnownHeader(box)) return cannotOpen();
  try {
    const options = {
      keyManagementAlgorithms: [algorithm],
      contentEncryptionAlgorithms: [encryption],
    };
    const content = parseJsonObject((await compactDecrypt(box, secret, options)).plaintext);
    return content.ok ? ok(content.value) : cannotOpen();
  } catch {
    return cannotOpen();
  }
}

function hasKnownHeader(box: string): boolean {
  const bytes = bytesOfBase64Url(box.split('.', 1)[0] ?? '');
  const text = bytes === undefined ? undefined : textOf(bytes);
  const header = text === undefined ? undefined : parseJson(text);
  // Exactly as it is written: no member twice, none in another form.
  if (header?.ok !== true || !isJsonObject(header.value) || JSON.stringify(header.value) !== text)
    return false;
  const { alg, enc, epk, ...rest } = header.value;
  if (alg !== algorithm || enc !== encryption || Object.keys(rest).length > 0) return false;
  if (!isJsonObject(epk)) return false;
  const { kty, crv, x, ...more } = epk;
  return kty === 'OKP' && crv === 'X25519' && isBoxKey(x) && Object.keys(more).length === 0;
}

function cannotOpen(): Result<never> {
  return failed(new BackpackError('sync-distrust', { reason: 'cannot-open' }));
}
