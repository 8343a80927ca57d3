import { passed } from '../../../shared/model/check.ts';
import { isJsonObject, type JsonObject, listOf, stringOf } from '../../../shared/model/json.ts';
import type { BindIssuer } from '../../../shared/proofs/issuer-binding.ts';
import { unusual } from './unusual.ts';

/** The issuer is the key itself; any other issuer has to be asked. */
export const bindIssuer: BindIssuer = async (key, document) => {
  const issuerId = issuerIdOf(document);
  if (issuerId === undefined || key.certainty !== 'self-certifying' || key.controller !== issuerId)
    return unusual();
  const check = passed('issuer', 'issuer-confirmed', 'VCDM 2.0 §Issuer; DI §Retrieve Verification Method');
  return { issuerProof: { kind: 'key', key: issuerId }, check };
};

export function issuerIdOf(document: JsonObject): string | undefined {
  const issuer = listOf(document['issuer'])[0];
  return isJsonObject(issuer) ? stringOf(issuer['id'] ?? issuer['@id']) : stringOf(issuer);
}
