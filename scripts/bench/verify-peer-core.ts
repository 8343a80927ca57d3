import type { JsonObject } from '../../shared/model/json.ts';
import type { ContextSource } from '../../shared/model/session.ts';
import { testNow } from '../../shared/testing/seeded.ts';

type Loaded = {
  readonly contextUrl: null;
  readonly document: JsonObject;
  readonly documentUrl: string;
  readonly tag?: string;
};

/** What is used of the peers' packages. */
export type PeerParts = {
  readonly verifyCredential: (options: object) => Promise<{ verified: boolean }>;
  readonly Proof: new (options: object) => object;
  readonly cryptosuite: unknown;
};

/** Asks the stack that others build on, with its contexts marked as never changing. Runs in Node and in pages. */
export function peerOver({ verifyCredential, Proof, cryptosuite }: PeerParts, contextOf: ContextSource) {
  const documentLoader = async (address: string): Promise<Loaded> => {
    const context = contextOf(address);
    if (context !== undefined)
      return { contextUrl: null, document: context, documentUrl: address, tag: 'static' };
    return { contextUrl: null, document: didKeyDocument(address), documentUrl: address };
  };
  return async (credential: JsonObject): Promise<boolean> => {
    const options = {
      credential,
      suite: new Proof({ cryptosuite }),
      documentLoader,
      now: new Date(testNow),
    };
    return (await verifyCredential(options)).verified;
  };
}

/** What a did:key resolves to, or the one method of it. */
function didKeyDocument(address: string): JsonObject {
  const [did = '', fragment] = address.split('#');
  const multikey = did.slice('did:key:'.length);
  const method: JsonObject = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${multikey}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multikey,
  };
  if (fragment !== undefined) return method;
  return { '@context': 'https://www.w3.org/ns/did/v1', id: did, assertionMethod: [method] };
}
