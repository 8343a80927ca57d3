import { detachedJws } from './detached-jws.ts';
import { embeddedSuite } from './embedded-proof.ts';

const source = 'Ed25519Signature2018 (Linked Data Cryptographic Suite Registry)';

/** The oldest suite of Ed25519 that badges use. */
export const ed25519Signature2018 = embeddedSuite({
  name: 'Ed25519Signature2018',
  source,
  recognises: (proof) => proof['type'] === 'Ed25519Signature2018',
  open: detachedJws(source, (algorithm) => algorithm === 'EdDSA'),
});
