import { warning } from '../model/check.ts';
import { embeddedSuite, isDataIntegrity } from './embedded-proof.ts';
import { ed25519Signing, plainSignature } from './plain-signature.ts';
import { rdfTexts } from './proof-hashes.ts';

const source = 'DI EdDSA §3.2 (eddsa-rdfc-2022)';
/** The name in drafts of the same suite. */
const draftName = 'eddsa-2022';

/** Data Integrity with Ed25519 over canonical RDF. */
export const eddsaRdfc2022 = embeddedSuite({
  name: 'eddsa-rdfc-2022',
  source,
  recognises: (proof) => isDataIntegrity(proof, 'eddsa-rdfc-2022') || isDataIntegrity(proof, draftName),
  open: plainSignature(source, rdfTexts, () => ed25519Signing),
  notes: (proof) =>
    proof['cryptosuite'] === draftName
      ? [warning('integrity', 'field-loose', source, { field: 'proof.cryptosuite' })]
      : [],
});
