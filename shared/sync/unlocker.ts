import * as v from 'valibot';
import type { Sha256 } from '../model/brands.ts';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { canonicalJson } from '../model/json.ts';
import { maxCredentialBytes, maxPasskeyKeyBytes, maxWrapBytes } from '../model/limits.ts';
import { base64UrlShape, signingKeyShape } from './shapes.ts';

/** What the authenticator calls a passkey. */
export const credentialShape = v.pipe(base64UrlShape(maxCredentialBytes), v.minLength(1));

/** What the server keeps of one way to open the root: ciphertext, and the public key of who may ask for it. */
export const unlockerShape = v.variant('kind', [
  v.strictObject({
    /** 16 random bytes */
    id: v.pipe(base64UrlShape(16), v.length(22)),
    kind: v.literal('recovery'),
    /** signs the request that asks for the wrap; derived from the code */
    key: signingKeyShape,
    wrap: base64UrlShape(maxWrapBytes),
  }),
  v.strictObject({
    id: v.pipe(base64UrlShape(16), v.length(22)),
    kind: v.literal('passkey'),
    credential: credentialShape,
    /** the passkey's own public key (SPKI): the server hands the wrap to who proves to hold it */
    key: base64UrlShape(maxPasskeyKeyBytes),
    wrap: base64UrlShape(maxWrapBytes),
  }),
]);
export type KeptUnlocker = v.InferOutput<typeof unlockerShape>;

/**
 * The hash that commits name a set of unlockers by: over the set sorted by id, as canonical JSON.
 * A server that hands out a wrap the chain does not name is found out (design §4, threats T6).
 */
export function unlockersHashOf(unlockers: readonly KeptUnlocker[]): Promise<Sha256> {
  const sorted = [...unlockers].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sha256Of(utf8(canonicalJson(sorted.map((unlocker) => ({ ...unlocker })))));
}
