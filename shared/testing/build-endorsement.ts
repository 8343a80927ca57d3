import type { JsonObject } from '../model/json.ts';
import type { BuiltIssuer } from './build-issuer.ts';
import { credentialContext, openBadgesContext } from './sign-data-integrity.ts';
import { signToken } from './sign-token.ts';

export type EndorsementWish = {
  /** id of the object that it speaks of */
  readonly endorses: string;
  readonly endorser: BuiltIssuer;
  readonly comment?: string;
  /** endorsements of the endorser, which his profile carries */
  readonly carries?: readonly string[];
};

const validFrom = '2026-01-10T10:00:00Z';

/** An endorsement of 3.0 as a token that its endorser really signed. Source: OB 3.0 §EndorsementCredential. */
export async function signEndorsement(wish: EndorsementWish): Promise<string> {
  const { endorses, endorser, comment = 'Well made', carries = [] } = wish;
  const { id, name, key, keyId } = endorser;
  const endorsement: JsonObject = {
    '@context': [credentialContext, openBadgesContext],
    id: 'urn:uuid:7e1f2a0c-0000-4000-8000-000000000002',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    issuer: {
      id,
      type: ['Profile'],
      name,
      ...(carries.length === 0 ? {} : { endorsementJwt: [...carries] }),
    },
    name: 'Endorsement',
    validFrom,
    credentialSubject: { id: endorses, type: ['EndorsementSubject'], endorsementComment: comment },
  };
  const claims = {
    iss: id,
    jti: String(endorsement['id']),
    sub: endorses,
    nbf: Date.parse(validFrom) / 1000,
  };
  return signToken({ alg: key.algorithm, typ: 'JWT', kid: keyId }, { ...endorsement, ...claims }, key);
}
