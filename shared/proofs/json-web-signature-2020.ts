import { detachedJws } from './detached-jws.ts';
import { embeddedSuite } from './embedded-proof.ts';

const source = 'JsonWebSignature2020 (W3C CCG JSON Web Signature 2020 §Suite)';

/** A detached JWS of any algorithm that can be checked; the key's own kind decides whether it fits. */
export const jsonWebSignature2020 = embeddedSuite({
  name: 'JsonWebSignature2020',
  source,
  recognises: (proof) => proof['type'] === 'JsonWebSignature2020',
  open: detachedJws(source, () => true),
});
