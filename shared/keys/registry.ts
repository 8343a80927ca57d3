import type { Session } from '../model/session.ts';
import { cryptographicKey } from './cryptographic-key.ts';
import { didJwk } from './did-jwk.ts';
import { didKey } from './did-key.ts';
import { didWeb } from './did-web.ts';
import type { FindKey, KeySource } from './key-source.ts';
import { pemDocument } from './pem-document.ts';
import { webDocument } from './web-document.ts';

/** Every way to a key; the first that recognises a reference looks for it. */
export const keySources: readonly KeySource[] = [
  didKey,
  didJwk,
  didWeb,
  cryptographicKey,
  pemDocument,
  webDocument,
];

/** The registry bound to one verification. */
export function findKeyWith(session: Session): FindKey {
  return async (request) => {
    const source = keySources.find((candidate) => candidate.recognises(request));
    if (source !== undefined) return source.find(request, session);
    const kind = /^(did:[a-z0-9]+|[a-z][a-z0-9+.-]*)(?=:)/.exec(request.reference)?.[0];
    if (kind?.startsWith('did:') === true)
      return { found: false, code: 'key-kind-not-supported', facts: { kind }, asks: 'unsupported' };
    // What is no DID and no web address names no place where a key could be (DI §Retrieve Verification Method).
    return {
      found: false,
      code: 'bad-value',
      facts: { field: 'verificationMethod', value: request.reference.slice(0, 200) },
      asks: 'invalid',
    };
  };
}
