import { warning } from '../model/check.ts';
import type { ProofSuite } from './proof-suite.ts';
import { verifyRdfcProof } from './rdfc-proof.ts';

const source = 'DI EdDSA §3.2 (eddsa-rdfc-2022)';
/** The name in drafts of the same suite. */
const draftName = 'eddsa-2022';

/** Data Integrity with Ed25519 over canonical RDF. */
export const eddsaRdfc2022: ProofSuite = {
  name: 'eddsa-rdfc-2022',
  recognises: (proof) =>
    proof.kind === 'embedded' &&
    proof.proof['type'] === 'DataIntegrityProof' &&
    (proof.proof['cryptosuite'] === 'eddsa-rdfc-2022' || proof.proof['cryptosuite'] === draftName),
  verify: async (proof, subject, deps) => {
    if (proof.kind !== 'embedded') return { checks: [], issuerProof: { kind: 'none' } };
    const answer = await verifyRdfcProof(proof.proof, subject, deps, source);
    if (proof.proof['cryptosuite'] !== draftName) return answer;
    const note = warning('integrity', 'field-loose', source, { field: 'proof.cryptosuite' });
    return { ...answer, checks: [...answer.checks, note] };
  },
};
