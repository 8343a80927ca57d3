import { didKey } from '../../../shared/keys/did-key.ts';
import type { FindKey } from '../../../shared/keys/key-source.ts';
import type { Session } from '../../../shared/model/session.ts';
import { unusual } from './unusual.ts';

/** Keys that need no document. */
export function findKeyWith(session: Session): FindKey {
  return async (request) => (didKey.recognises(request) ? didKey.find(request, session) : unusual());
}
