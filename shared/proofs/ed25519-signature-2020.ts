import type { ProofSuite } from './proof-suite.ts';
import { verifyRdfcProof } from './rdfc-proof.ts';

/** The suite before Data Integrity: its own proof type, no `cryptosuite`, the same bytes under the signature. */
export const ed25519Signature2020: ProofSuite = {
  name: 'Ed25519Signature2020',
  recognises: (proof) => proof.kind === 'embedded' && proof.proof['type'] === 'Ed25519Signature2020',
  verify: async (proof, subject, deps) =>
    proof.kind === 'embedded'
      ? verifyRdfcProof(proof.proof, subject, deps, 'Ed25519Signature2020 (DI EdDSA §A.1)')
      : { checks: [], issuerProof: { kind: 'none' } },
};
