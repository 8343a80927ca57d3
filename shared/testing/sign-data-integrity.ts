import jsonld, { type NodeObject } from 'jsonld';
import { contextOf } from '../contexts/bundled.ts';
import { concat, sha256, utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { multibaseOf, type SigningKey, signBytes } from './signing-keys.ts';

export type EmbeddedSuite = 'eddsa-rdfc-2022' | 'Ed25519Signature2020';

export const credentialContext = 'https://www.w3.org/ns/credentials/v2';
export const openBadgesContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const ed25519Context = 'https://w3id.org/security/suites/ed25519-2020/v1';

export type EmbeddedProofWish = {
  readonly suite: EmbeddedSuite;
  readonly key: SigningKey;
  readonly verificationMethod: string;
  /** when it was signed, RFC 3339 */
  readonly created: string;
  readonly proofPurpose?: string;
  /** what the proof says that it is; the hash is made for `suite`, so that a difference is a forgery */
  readonly label?: EmbeddedSuite;
};

/**
 * Signs a credential with an embedded Ed25519 proof, canonicalised by the `jsonld` library itself: whatever the
 * verifier does faster has to agree with it. Source: Data Integrity 1.0 §4.2, vc-di-eddsa §3.2.
 */
export async function signEmbedded(credential: JsonObject, wish: EmbeddedProofWish): Promise<JsonObject> {
  const options = { ...labelled(wish.suite), ...proofOptions(wish) };
  const configuration = { '@context': credential['@context'] ?? [], ...options };
  const hashes = [await hashOf(configuration), await hashOf(credential)];
  const signature = await signBytes(wish.key, concat(...hashes));
  const proof: JsonObject = {
    ...labelled(wish.label ?? wish.suite),
    ...proofOptions(wish),
    proofValue: multibaseOf(signature),
  };
  return { ...credential, proof };
}

function labelled(suite: EmbeddedSuite): JsonObject {
  return suite === 'eddsa-rdfc-2022'
    ? { type: 'DataIntegrityProof', cryptosuite: suite }
    : { type: 'Ed25519Signature2020' };
}

function proofOptions({ created, verificationMethod, proofPurpose }: EmbeddedProofWish): JsonObject {
  return { created, verificationMethod, proofPurpose: proofPurpose ?? 'assertionMethod' };
}

async function hashOf(document: JsonObject): Promise<Uint8Array> {
  // `safe` is the library's own word for refusing terms that no context defines; its types do not know it yet.
  const options = {
    algorithm: 'URDNA2015' as const,
    format: 'application/n-quads' as const,
    safe: true,
    documentLoader: async (address: string) => {
      const context = contextOf(address);
      if (context === undefined) throw new Error(`No context ${address} to sign with`);
      return { document: context as NodeObject, documentUrl: address };
    },
  };
  const quads: unknown = await jsonld.canonize(document as NodeObject, options);
  return sha256(utf8(String(quads)));
}
