import type { KeySource } from './key-source.ts';
import { parseMultikey } from './multikey.ts';

const prefix = 'did:key:';

/**
 * Keys that are their own identifier: no document, no network, and nobody but the holder of the key can use them.
 * The bare form without fragment is accepted as well. Source: did:key method.
 */
export const didKey: KeySource = {
  name: 'did:key',
  recognises: ({ reference }) => reference.startsWith(prefix),
  find: async ({ reference }) => {
    const [did = '', fragment] = reference.split('#');
    const text = did.slice(prefix.length);
    // A fragment that names another key would show one key and check another.
    if (fragment !== undefined && fragment !== text)
      return { found: false, code: 'bad-value', facts: { field: 'verificationMethod' }, asks: 'invalid' };
    const key = text.startsWith('z')
      ? parseMultikey(text)
      : { ok: false as const, why: 'malformed' as const };
    if (key.ok)
      return {
        found: true,
        key: {
          jwk: key.jwk,
          id: `${did}#${text}`,
          controller: did,
          authorised: true,
          certainty: 'self-certifying',
        },
      };
    return key.why === 'unsupported'
      ? {
          found: false,
          code: 'key-kind-not-supported',
          facts: { kind: `did:key ${key.kind ?? ''}`.trim() },
          asks: 'unsupported',
        }
      : { found: false, code: 'bad-value', facts: { field: 'verificationMethod' }, asks: 'invalid' };
  },
};
