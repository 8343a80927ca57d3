import { embeddedSuite } from './embedded-proof.ts';
import { ed25519Signing, plainSignature } from './plain-signature.ts';
import { rdfTexts } from './proof-hashes.ts';

const source = 'Ed25519Signature2020 (DI EdDSA §A.1)';

/** The suite before Data Integrity: its own proof type, no `cryptosuite`, the same bytes under the signature. */
export const ed25519Signature2020 = embeddedSuite({
  name: 'Ed25519Signature2020',
  source,
  recognises: (proof) => proof['type'] === 'Ed25519Signature2020',
  open: plainSignature(source, rdfTexts, () => ed25519Signing),
});
