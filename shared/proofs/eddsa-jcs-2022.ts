import { embeddedSuite, isDataIntegrity } from './embedded-proof.ts';
import { judgeReadableContexts } from './json-ld/readable-contexts.ts';
import { ed25519Signing, plainSignature } from './plain-signature.ts';
import { jsonTexts } from './proof-hashes.ts';

const source = 'DI EdDSA §3.3 (eddsa-jcs-2022)';

/** Data Integrity with Ed25519 over canonical JSON. */
export const eddsaJcs2022 = embeddedSuite({
  name: 'eddsa-jcs-2022',
  source,
  recognises: (proof) => isDataIntegrity(proof, 'eddsa-jcs-2022'),
  open: plainSignature(source, jsonTexts, () => ed25519Signing),
  notes: (_, document, { session }) => judgeReadableContexts(document, session.contexts),
});
