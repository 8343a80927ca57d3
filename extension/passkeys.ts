import type { Url } from '../shared/model/brands.ts';
import { type Bytes, base64UrlOf, bytesOfBase64Url, utf8 } from '../shared/model/bytes.ts';
import { BackpackError } from '../shared/model/errors.ts';
import { failed, ok, type Result } from '../shared/model/result.ts';
import type { Passkeys } from './unlockers/passkey.ts';

/** How long a person may take: find the phone, enter the PIN. */
const patienceMs = 3 * 60 * 1000;
/** Ed25519, ES256, RS256: what the server can verify (COSE algorithm numbers). */
const algorithms = [-8, -7, -257];

/**
 * Whether this browser can use a passkey for a server. Firefox (153) refuses an extension's page a passkey for the name of
 * a server, and no browser has passkeys for a bare address.
 */
export function canUsePasskeys(server: Url | undefined): boolean {
  if (server === undefined || location.protocol !== 'chrome-extension:') return false;
  const { hostname } = new URL(server);
  return 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(hostname);
}

/** The authenticators that this page reaches through its browser: screen lock, phone, security key. */
export const passkeys: Passkeys = {
  make: async (host, user, known) => {
    const made = await asked(async () =>
      navigator.credentials.create({
        publicKey: {
          rp: { id: host, name: 'Backpack' },
          // Never an address: whoever finds the authenticator learns nothing of its owner.
          user: { id: user, name: 'Backpack', displayName: 'Backpack' },
          // Nobody verifies how it was made: the account's own signature brings it to the server.
          challenge: crypto.getRandomValues(new Uint8Array(32)),
          pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
          authenticatorSelection: {
            residentKey: 'required',
            requireResidentKey: true,
            userVerification: 'required',
          },
          excludeCredentials: listed(known),
          attestation: 'none',
          timeout: patienceMs,
          extensions: { prf: { eval: { first: await prfInput() } } },
        },
      }),
    );
    if (!made.ok) return made;
    const { rawId, response } = made.value;
    const credential = base64UrlOf(new Uint8Array(rawId));
    const spki = response instanceof AuthenticatorAttestationResponse ? response.getPublicKey() : null;
    if (spki === null) return failed(new BackpackError('passkey-not-possible'));
    const key = base64UrlOf(new Uint8Array(spki));
    const { enabled } = made.value.getClientExtensionResults().prf ?? {};
    if (enabled !== true) return useless(host, credential);
    const prf = prfOf(made.value);
    if (prf !== undefined) return ok({ credential, key, prf });
    // Some authenticators give the output with the first use only.
    const used = await passkeys.use(host, crypto.getRandomValues(new Uint8Array(32)), [credential]);
    if (used.ok) return ok({ credential, key, prf: used.value.prf });
    return used.error.code === 'passkey-without-prf' ? useless(host, credential) : used;
  },

  use: async (host, challenge, among) => {
    const used = await asked(async () =>
      navigator.credentials.get({
        publicKey: {
          rpId: host,
          challenge,
          allowCredentials: listed(among),
          userVerification: 'required',
          timeout: patienceMs,
          extensions: { prf: { eval: { first: await prfInput() } } },
        },
      }),
    );
    if (!used.ok) return used;
    const { rawId, response } = used.value;
    if (!(response instanceof AuthenticatorAssertionResponse))
      return failed(new BackpackError('passkey-not-possible'));
    const prf = prfOf(used.value);
    if (prf === undefined) return failed(new BackpackError('passkey-without-prf'));
    const text = (bytes: ArrayBuffer) => base64UrlOf(new Uint8Array(bytes));
    const assertion = {
      credential: text(rawId),
      clientData: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
    };
    return ok({ assertion, prf });
  },
};

/**
 * A passkey was made that opens nothing. The browser is told, and has the device forget it where both can
 * (WebAuthn Level 3, signal methods); where not, the words say what the learner can do.
 */
async function useless(rpId: string, credentialId: string): Promise<Result<never>> {
  try {
    await PublicKeyCredential.signalUnknownCredential?.({ rpId, credentialId });
  } catch {
    // It stays listed, as in a browser without this call.
  }
  return failed(new BackpackError('passkey-without-prf'));
}

/** The one input of PRF, in every browser and for every account: each passkey answers it otherwise. */
async function prfInput(): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', utf8('backpack/1/prf')));
}

function prfOf(credential: PublicKeyCredential): Bytes | undefined {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return undefined;
  const bytes = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength).slice()
    : new Uint8Array(first);
  return bytes.length === 32 ? bytes : undefined;
}

function listed(credentials: readonly string[]): PublicKeyCredentialDescriptor[] {
  return credentials.map((one) => ({ type: 'public-key', id: bytesOfBase64Url(one) ?? new Uint8Array() }));
}

/** The browser's own words for what went wrong are no one's but its own; here they become ours. */
async function asked(ask: () => Promise<Credential | null>): Promise<Result<PublicKeyCredential>> {
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential
      ? ok(credential)
      : failed(new BackpackError('passkey-refused'));
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError')
      return failed(new BackpackError('passkey-refused', {}, cause));
    if (name === 'InvalidStateError') return failed(new BackpackError('unlocker-taken', {}, cause));
    return failed(new BackpackError('passkey-not-possible', {}, cause));
  }
}
