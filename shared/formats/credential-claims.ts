import { instantOf } from '../model/brands.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import { maxInstantSeconds } from '../model/time.ts';

/** Claims of a token that are not part of the credential. Source: RFC 7519 §4.1; RFC 7800 (cnf). */
const tokenClaims = new Set(['iss', 'sub', 'jti', 'nbf', 'exp', 'iat', 'aud', 'cnf', 'nonce', 'vc']);

const version1Context = 'https://www.w3.org/2018/credentials/v1';

/**
 * The credential inside a token's payload, in any of the three styles: below `vc`, with what the claims say filled in
 * where the credential leaves it out; beside the claims; or as the whole payload. `undefined`: holds none.
 * What both say and say differently stays as it is, for the proof to refuse. Source: VCDM 1.1 §JWT Decoding;
 * OB 3.0 §jwt-proof; VC-JOSE-COSE §3.1.
 */
export function credentialOfClaims(payload: JsonObject): JsonObject | undefined {
  const inner = payload['vc'];
  if (inner !== undefined) return isJsonObject(inner) ? filled(inner, payload) : undefined;
  if (payload['@context'] === undefined || payload['type'] === undefined) return undefined;
  const beside = Object.entries(payload).filter(([name]) => !tokenClaims.has(name));
  return filled(Object.fromEntries(beside), payload);
}

function filled(credential: JsonObject, claims: JsonObject): JsonObject {
  const isVersion1 = listOf(credential['@context'])[0] === version1Context;
  const result: Record<string, Json> = { ...credential };
  if (result['id'] === undefined && typeof claims['jti'] === 'string') result['id'] = claims['jti'];
  if (typeof claims['iss'] === 'string') {
    const issuer = result['issuer'];
    if (issuer === undefined) result['issuer'] = claims['iss'];
    else if (isJsonObject(issuer) && issuer['id'] === undefined)
      result['issuer'] = { ...issuer, id: claims['iss'] };
  }
  const [subject, ...others] = listOf(result['credentialSubject']);
  const isOne = isJsonObject(subject) && others.length === 0;
  if (typeof claims['sub'] === 'string' && isOne && subject['id'] === undefined)
    result['credentialSubject'] = { ...subject, id: claims['sub'] };
  if (result['validFrom'] === undefined && result['issuanceDate'] === undefined)
    fillTime(result, isVersion1 ? 'issuanceDate' : 'validFrom', claims['nbf']);
  if (result['validUntil'] === undefined && result['expirationDate'] === undefined)
    fillTime(result, isVersion1 ? 'expirationDate' : 'validUntil', claims['exp']);
  return result;
}

function fillTime(result: Record<string, Json>, name: string, seconds: Json | undefined): void {
  if (typeof seconds === 'number' && seconds >= 0 && seconds <= maxInstantSeconds)
    result[name] = instantOf(Math.floor(seconds) * 1000);
}
