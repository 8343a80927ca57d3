import type { Proof, Subject } from '../model/subject.ts';
import { ed25519Signature2020 } from './ed25519-signature-2020.ts';
import { eddsaRdfc2022 } from './eddsa-rdfc-2022.ts';
import { hostedProof } from './hosted.ts';
import { openBadges2Jws } from './ob-2-jws.ts';
import type { ProofSuite } from './proof-suite.ts';
import { vcJwt } from './vc-jwt.ts';

/** Every kind of proof that can be checked; the first that recognises a proof checks it. */
export const proofSuites: readonly ProofSuite[] = [
  hostedProof,
  openBadges2Jws,
  vcJwt,
  eddsaRdfc2022,
  ed25519Signature2020,
];

export function proofSuiteOf(proof: Proof, subject: Subject): ProofSuite | undefined {
  return proofSuites.find((suite) => suite.recognises(proof, subject));
}
