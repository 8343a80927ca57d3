import { contextOf } from '../../shared/contexts/bundled.ts';
import { loadPeer, peerName } from './peers.ts';
import { peerOver } from './verify-peer-core.ts';

/** The stack that others build on, with its contexts marked as never changing. */
export async function peerVerifier() {
  const vc = await loadPeer('@digitalbazaar/vc', 'lib/index.js');
  const integrity = await loadPeer('@digitalbazaar/data-integrity', 'lib/index.js');
  const eddsa = await loadPeer('@digitalbazaar/eddsa-rdfc-2022-cryptosuite', 'lib/index.js');
  const verifyCredential = vc['verifyCredential'] as (options: object) => Promise<{ verified: boolean }>;
  const Proof = integrity['DataIntegrityProof'] as new (options: object) => object;
  const cryptosuite = eddsa['cryptosuite'];
  const accepts = peerOver({ verifyCredential, Proof, cryptosuite }, contextOf);
  const names = [
    '@digitalbazaar/vc',
    '@digitalbazaar/data-integrity',
    '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
  ];
  return { accepts, name: names.map(peerName).join(' + ') };
}
