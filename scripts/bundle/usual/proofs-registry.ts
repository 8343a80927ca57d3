import type { Proof, Subject } from '../../../shared/model/subject.ts';
import { eddsaRdfc2022 } from '../../../shared/proofs/eddsa-rdfc-2022.ts';
import type { ProofSuite } from '../../../shared/proofs/proof-suite.ts';
import { unusual } from './unusual.ts';

/** The proof that most issuers of 3.0 write. */
export function proofSuiteOf(proof: Proof, subject: Subject): ProofSuite {
  return eddsaRdfc2022.recognises(proof, subject) ? eddsaRdfc2022 : unusual();
}
