import { embeddedSuite, isDataIntegrity } from './embedded-proof.ts';
import { judgeReadableContexts } from './json-ld/readable-contexts.ts';
import { ecdsaSigning, plainSignature } from './plain-signature.ts';
import { jsonTexts } from './proof-hashes.ts';

const source = 'DI ECDSA §3.3 (ecdsa-jcs-2019)';

/** Data Integrity with P-256 or P-384 over canonical JSON. */
export const ecdsaJcs2019 = embeddedSuite({
  name: 'ecdsa-jcs-2019',
  source,
  recognises: (proof) => isDataIntegrity(proof, 'ecdsa-jcs-2019'),
  open: plainSignature(source, jsonTexts, ecdsaSigning),
  notes: (_, document, { session }) => judgeReadableContexts(document, session.contexts),
});
