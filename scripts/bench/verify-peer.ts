import { contextOf } from '../../shared/contexts/bundled.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { testNow } from '../../shared/testing/seeded.ts';
import { loadPeer, peerName } from './peers.ts';

type Loaded = {
  readonly contextUrl: null;
  readonly document: JsonObject;
  readonly documentUrl: string;
  readonly tag?: string;
};

/** The stack that others build on, with its contexts marked as never changing. */
export async function peerVerifier() {
  const vc = await loadPeer('@digitalbazaar/vc', 'lib/index.js');
  const integrity = await loadPeer('@digitalbazaar/data-integrity', 'lib/index.js');
  const eddsa = await loadPeer('@digitalbazaar/eddsa-rdfc-2022-cryptosuite', 'lib/index.js');
  const verifyCredential = vc['verifyCredential'] as (options: object) => Promise<{ verified: boolean }>;
  const Proof = integrity['DataIntegrityProof'] as new (options: object) => object;
  const cryptosuite = eddsa['cryptosuite'];
  const documentLoader = async (address: string): Promise<Loaded> => {
    const context = contextOf(address);
    if (context !== undefined)
      return { contextUrl: null, document: context, documentUrl: address, tag: 'static' };
    return { contextUrl: null, document: didKeyDocument(address), documentUrl: address };
  };
  const accepts = async (credential: JsonObject): Promise<boolean> => {
    const options = {
      credential,
      suite: new Proof({ cryptosuite }),
      documentLoader,
      now: new Date(testNow),
    };
    return (await verifyCredential(options)).verified;
  };
  const names = [
    '@digitalbazaar/vc',
    '@digitalbazaar/data-integrity',
    '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
  ];
  return { accepts, name: names.map(peerName).join(' + ') };
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
