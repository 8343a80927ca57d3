import { textOf, utf8 } from '../model/bytes.ts';
import { ok } from '../model/result.ts';
import type { Container } from './container.ts';

/** A compact token as text: a signed assertion of 1.x and 2.0, or a credential as JWT. White space around it goes. */
export const jwsContainer: Container = {
  name: 'jws',
  recognises: (found) => found === 'token',
  unbake: async (bytes) => {
    const token = (textOf(bytes) ?? '').trim();
    const document = token.length === bytes.length ? bytes : utf8(token);
    return ok({ container: 'jws', document, others: [], checksumBad: false });
  },
};
