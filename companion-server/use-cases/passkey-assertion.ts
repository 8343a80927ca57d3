import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { bytesOfBase64Url } from '../../shared/model/bytes.ts';
import { parseJsonObject } from '../../shared/model/json.ts';
import type { PasskeyAssertion } from '../../shared/protocol/passkeys.ts';

/** Whose passkeys are taken: those of this server's name, used in the extension's own pages. */
export type PasskeySite = { readonly host: string; readonly isOwnPage: (origin: string) => boolean };

/** What a genuine assertion says. `uses`: how often the authenticator has signed, 0 where it does not count. */
export type Proven = { readonly challenge: string; readonly uses: number };

/**
 * Chromium's extensions carry their store's id, and `extensionIds` says whose are ours: any, where there are none.
 * Firefox gives each profile an id of its own.
 */
export function passkeySiteOf(publicOrigin: string, extensionIds: readonly string[]): PasskeySite {
  const firefoxPage = /^moz-extension:\/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const chromiumPage = /^chrome-extension:\/\/([a-p]{32})$/;
  return {
    host: new URL(publicOrigin).hostname,
    isOwnPage: (origin) => {
      const id = chromiumPage.exec(origin)?.[1];
      if (id === undefined) return firefoxPage.test(origin);
      return extensionIds.length === 0 || extensionIds.includes(id);
    },
  };
}

const userPresent = 0x01;
const userVerified = 0x04;
const backupEligible = 0x08;
const backedUp = 0x10;

/**
 * Reads an assertion that the holder of this key (SPKI, base64url) made in a page of the extension, for this server, after
 * the authenticator had made sure who is there; `undefined` for any other. Whether its challenge was ours, and whether it
 * was seen before, is asked elsewhere. Source: WebAuthn Level 3 §7.2, steps 10–22.
 */
export function provenBy(
  assertion: PasskeyAssertion,
  key: string,
  { host, isOwnPage }: PasskeySite,
): Proven | undefined {
  const clientData = bytesOf(assertion.clientData);
  const authenticator = bytesOf(assertion.authenticatorData);
  const signed = Buffer.concat([authenticator, sha256(clientData)]);
  if (!isSigned(signed, bytesOf(assertion.signature), key)) return undefined;

  const client = parseJsonObject(clientData);
  if (!client.ok) return undefined;
  const { type, challenge, origin, crossOrigin, topOrigin } = client.value;
  if (type !== 'webauthn.get' || typeof challenge !== 'string') return undefined;
  if (typeof origin !== 'string' || !isOwnPage(origin)) return undefined;
  // A page in a frame of another's.
  if ((crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined) return undefined;

  if (authenticator.length < 37) return undefined;
  if (!timingSafeEqual(authenticator.subarray(0, 32), sha256(Buffer.from(host)))) return undefined;
  const flags = authenticator[32] ?? 0;
  const has = (flag: number) => (flags & flag) !== 0;
  if (!has(userPresent) || !has(userVerified)) return undefined;
  if (has(backedUp) && !has(backupEligible)) return undefined;
  return { challenge, uses: authenticator.readUInt32BE(33) };
}

function isSigned(text: Uint8Array, signature: Uint8Array, key: string): boolean {
  try {
    const holder = createPublicKey({ key: bytesOf(key), format: 'der', type: 'spki' });
    const algorithm = algorithmOf(holder);
    return algorithm !== undefined && verify(algorithm.hash, text, holder, signature);
  } catch {
    // Not a key at all: nobody holds it.
    return false;
  }
}

/** The three kinds that the extension asks for: Ed25519, ES256, RS256. */
function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject) {
  if (asymmetricKeyType === 'ed25519') return { hash: null };
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails.namedCurve === 'prime256v1')
    return { hash: 'sha256' };
  const { modulusLength = 0 } = asymmetricKeyDetails;
  return asymmetricKeyType === 'rsa' && modulusLength >= 2048 ? { hash: 'sha256' } : undefined;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function bytesOf(text: string): Buffer {
  return Buffer.from(bytesOfBase64Url(text) ?? []);
}
