import { bytesOfBase64Url } from '../model/bytes.ts';
import { parseJsonObject } from '../model/json.ts';
import type { KeySource } from './key-source.ts';
import { mayVerify, parsePublicJwk } from './public-jwk.ts';

const prefix = 'did:jwk:';
/** Longest identifier that is read: an RSA key of 16,384 bits has about 3,700 characters. */
const maxLength = 4_096;

/**
 * Keys whose identifier is their own JWK, in base64url; the only method is `#0`. As with did:key nobody but the
 * holder of the key can use them. Source: did:jwk method.
 */
export const didJwk: KeySource = {
  name: 'did:jwk',
  recognises: ({ reference }) => reference.startsWith(prefix),
  find: async ({ reference }) => {
    const [did = '', fragment = '0'] = reference.split('#');
    const bytes = did.length > maxLength ? undefined : bytesOfBase64Url(did.slice(prefix.length));
    const members = bytes === undefined ? undefined : parseJsonObject(bytes);
    if (members?.ok !== true || fragment !== '0')
      return { found: false, code: 'bad-value', facts: { field: 'verificationMethod' }, asks: 'invalid' };
    const key = parsePublicJwk(members.value);
    if (!key.ok)
      return key.why === 'unsupported'
        ? {
            found: false,
            code: 'key-kind-not-supported',
            facts: { kind: `did:jwk ${key.kind ?? ''}`.trim() },
            asks: 'unsupported',
          }
        : { found: false, code: 'bad-value', facts: { field: 'verificationMethod' }, asks: 'invalid' };
    return {
      found: true,
      key: {
        jwk: key.jwk,
        id: `${did}#0`,
        controller: did,
        authorised: mayVerify(members.value),
        certainty: 'self-certifying',
      },
    };
  },
};
