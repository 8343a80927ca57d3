import { bytesOfMultibase } from '../keys/multikey.ts';
import { failure } from '../model/check.ts';
import type { HashName } from '../model/effects.ts';
import { stringOf } from '../model/json.ts';
import type { EmbeddedForm } from './embedded-proof.ts';
import { type Canonicalise, optionsOf, signedHashes } from './proof-hashes.ts';
import { type AlgorithmName, verifySignature } from './signature.ts';

/** An algorithm of a suite, and the hash that goes with it. */
export type Signing = { readonly algorithm: AlgorithmName; readonly hash: HashName };

/** The suites of Edwards curves. Source: DI EdDSA §3.2.4. */
export const ed25519Signing: Signing = { algorithm: 'EdDSA', hash: 'SHA-256' };

const byLength: Readonly<Record<number, Signing>> = {
  64: { algorithm: 'ES256', hash: 'SHA-256' },
  96: { algorithm: 'ES384', hash: 'SHA-384' },
};

/** The suites of two curves: the length of the signature says which. Source: DI ECDSA §3.2.7. */
export function ecdsaSigning(signature: Uint8Array): Signing | undefined {
  return byLength[signature.length];
}

/**
 * The way of every suite whose `proofValue` is one signature in base58btc over the two hashes.
 * Source: DI EdDSA §3.2.2, DI ECDSA §3.2.2.
 */
export function plainSignature(
  source: string,
  canonicalise: Canonicalise,
  signingOf: (signature: Uint8Array) => Signing | undefined,
): EmbeddedForm['open'] {
  return async (proof, document, { session }) => {
    const value = stringOf(proof['proofValue']);
    // These suites write base58btc and nothing else.
    const signature = value?.startsWith('z') === true ? bytesOfMultibase(value) : undefined;
    const signing = signature === undefined ? undefined : signingOf(signature);
    if (signature === undefined || signing === undefined) {
      const facts = { field: 'proof.proofValue' };
      return { refusal: failure('integrity', 'invalid', 'bad-value', source, facts) };
    }
    const texts = await canonicalise(optionsOf(proof, 'proofValue'), document, session, signing.hash, source);
    if ('refusal' in texts) return texts;
    const signed = await signedHashes(texts, signing.hash, session);
    return { check: (jwk) => verifySignature(signing.algorithm, jwk, signature, signed, session) };
  };
}
