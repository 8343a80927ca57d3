import { judgePlainCredential } from './credential-structure.ts';
import type { Format } from './format.ts';
import { proofsOfCredential, statusesOfCredential, validityOfCredential } from './ob-3.ts';

/**
 * Any other Verifiable Credential, status lists among them: kept, its proof verified, and never called a badge.
 * Source: VCDM 2.0.
 */
export const plainCredential: Format = {
  name: 'vc-2.0',
  generations: ['vc-2.0'],
  judge: judgePlainCredential,
  gather: async (subject) => ({ subject, checks: [] }),
  proofsOf: proofsOfCredential,
  statusesOf: statusesOfCredential,
  validityOf: validityOfCredential,
  endorsementsOf: () => [],
  badgeOf: () => undefined,
};
