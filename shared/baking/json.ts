import { ok } from '../model/result.ts';
import type { Container } from './container.ts';

/** A document that is nothing but itself: JSON text, with or without a byte order mark. */
export const jsonContainer: Container = {
  name: 'json',
  recognises: (found) => found === 'json',
  unbake: async (bytes) => ok({ container: 'json', document: bytes, others: [], checksumBad: false }),
};
