import type { Proof, Subject } from '../model/subject.ts';
import { ecdsaJcs2019 } from './ecdsa-jcs-2019.ts';
import { ecdsaRdfc2019 } from './ecdsa-rdfc-2019.ts';
import { ecdsaSd2023 } from './ecdsa-sd-2023.ts';
import { ed25519Signature2018 } from './ed25519-signature-2018.ts';
import { ed25519Signature2020 } from './ed25519-signature-2020.ts';
import { eddsaJcs2022 } from './eddsa-jcs-2022.ts';
import { eddsaRdfc2022 } from './eddsa-rdfc-2022.ts';
import { hostedProof } from './hosted.ts';
import { jsonWebSignature2020 } from './json-web-signature-2020.ts';
import { openBadges1Jws } from './ob-1-jws.ts';
import { openBadges2Jws } from './ob-2-jws.ts';
import type { ProofSuite } from './proof-suite.ts';
import { vcJwt } from './vc-jwt.ts';

/** Every kind of proof that can be checked; the first that recognises a proof checks it. */
export const proofSuites: readonly ProofSuite[] = [
  hostedProof,
  openBadges1Jws,
  openBadges2Jws,
  vcJwt,
  eddsaRdfc2022,
  eddsaJcs2022,
  ecdsaRdfc2019,
  ecdsaJcs2019,
  ecdsaSd2023,
  ed25519Signature2020,
  ed25519Signature2018,
  jsonWebSignature2020,
];

export function proofSuiteOf(proof: Proof, subject: Subject): ProofSuite | undefined {
  return proofSuites.find((suite) => suite.recognises(proof, subject));
}
