import { embeddedSuite, isDataIntegrity } from './embedded-proof.ts';
import { ecdsaSigning, plainSignature } from './plain-signature.ts';
import { rdfTexts } from './proof-hashes.ts';

const source = 'DI ECDSA §3.2 (ecdsa-rdfc-2019)';

/** Data Integrity with P-256 or P-384 over canonical RDF; with P-384 its nodes are named with SHA-384 as well. */
export const ecdsaRdfc2019 = embeddedSuite({
  name: 'ecdsa-rdfc-2019',
  source,
  recognises: (proof) => isDataIntegrity(proof, 'ecdsa-rdfc-2019'),
  open: plainSignature(source, rdfTexts, ecdsaSigning),
});
