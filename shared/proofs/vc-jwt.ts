import { millisecondsOf } from '../model/brands.ts';
import { failure, passed, warning } from '../model/check.ts';
import { canonicalJson, isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { CompactToken, Subject } from '../model/subject.ts';
import { parseZonedTime } from '../model/time.ts';
import type { Check } from '../model/verdict.ts';
import { bareDid } from './embedded-proof.ts';
import { idOfParty, issuerIdOf } from './issuer-binding.ts';
import { judgeReadableContexts } from './json-ld/readable-contexts.ts';
import type { ProofAnswer, ProofDeps, ProofSuite } from './proof-suite.ts';
import { headerSource, judgeHeader, signatureSource, signerOf } from './signed-token.ts';

const claimsSource = 'OB 3.0 §jwt-verify-credential';

/** Types of token that carry a credential; an absent type is one too. Source: OB 3.0 §joseheader, VC-JOSE-COSE §3.1. */
const credentialTypes = new Set(['jwt', 'vc+jwt', 'vc+ld+jwt', 'vc+ld+json+jwt', 'jwt+vc']);

/** Credentials of 3.0 as compact JWT, in the three styles of claims that are in use. */
export const vcJwt: ProofSuite = {
  name: 'vc-jwt',
  recognises: (proof, subject) =>
    proof.kind === 'token' && ['3.0', 'vc-2.0', 'clr-2.0'].includes(subject.generation),
  verify: async (proof, subject, deps) =>
    proof.kind === 'token'
      ? verifyToken(proof.token, subject, deps)
      : { checks: [], issuerProof: { kind: 'none' } },
};

async function verifyToken(token: CompactToken, subject: Subject, deps: ProofDeps): Promise<ProofAnswer> {
  const header = judgeHeader(token.header, credentialTypes, 'vp');
  if ('refusal' in header) return refuse(header.refusal);
  const disagreement = claimsThatDisagree(token.payload, subject.document);
  if (disagreement !== undefined)
    return refuse(failure('integrity', 'invalid', 'claims-disagree', claimsSource, { field: disagreement }));
  const key = await signerOf(token, header.algorithm, issuerIdOf(subject.document), deps);
  if ('refusal' in key) return refuse(key.refusal);
  const binding = await deps.bindIssuer(key.key, subject.document, deps.session);
  return {
    checks: [
      passed('integrity', 'signature-good', signatureSource),
      passed('key', 'key-found', headerSource),
      ...bareDid(stringOf(token.header['kid']), 'kid'),
      ...looseClaims(token.payload, subject.document),
      ...judgeReadableContexts(subject.document, deps.session.contexts),
      binding.check,
    ],
    issuerProof: binding.issuerProof,
  };
}

/** The first claim that contradicts the credential beside it. Source: OB 3.0 §jwt-verify-credential. */
function claimsThatDisagree(payload: JsonObject, document: JsonObject): string | undefined {
  const subject = listOf(document['credentialSubject'])[0];
  const subjectId = isJsonObject(subject) ? subject['id'] : undefined;
  const pairs = [
    ['iss', payload['iss'], issuerIdOf(document)],
    ['jti', payload['jti'], document['id']],
    ['sub', payload['sub'], subjectId],
  ] as const;
  for (const [claim, said, is] of pairs) if (said !== undefined && said !== is) return claim;
  const beside = fieldBeside(payload, document);
  if (beside !== undefined) return beside;
  const times = [
    ['nbf', payload['nbf'], [document['issuanceDate'], document['validFrom']]],
    ['exp', payload['exp'], [document['expirationDate'], document['validUntil']]],
  ] as const;
  for (const [claim, said, is] of times) {
    if (said === undefined) continue;
    if (typeof said !== 'number' || !Number.isFinite(said)) return claim;
    const dates = is.filter((date) => typeof date === 'string');
    if (dates.length === 0 || isJosePlain(payload)) continue;
    if (!dates.some((date) => secondsOf(date) === Math.floor(said))) return claim;
  }
  return undefined;
}

/**
 * A field of the credential that stands beside the claim `vc` and says otherwise: readers that take the one or the
 * other would see two badges in one signature (trap 14).
 */
function fieldBeside(payload: JsonObject, document: JsonObject): string | undefined {
  if (!('vc' in payload)) return undefined;
  return [...credentialFields, ...Object.keys(document)].find((field) => {
    const said = Object.hasOwn(payload, field) ? payload[field] : undefined;
    if (said === undefined || (field === 'issuer' && idOfParty(said) === issuerIdOf(document))) return false;
    return canonicalJson(said) !== canonicalJson(document[field] ?? null);
  });
}

const credentialFields = [
  '@context',
  'id',
  'type',
  'issuer',
  'credentialSubject',
  'credentialStatus',
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
] as const;

function secondsOf(date: string): number | undefined {
  const instant = parseZonedTime(date);
  return instant === undefined ? undefined : Math.floor(millisecondsOf(instant) / 1000);
}

/** VC-JOSE-COSE: the payload is the credential and `exp` speaks of the signature alone, so it need not be equal. */
function isJosePlain(payload: JsonObject): boolean {
  return !('vc' in payload) && 'credentialSubject' in payload && !('iss' in payload && 'jti' in payload);
}

/** Claims that OB 3.0 asks for and that real tokens leave out: said, not held against them. */
function looseClaims(payload: JsonObject, document: JsonObject): readonly Check[] {
  const subject = listOf(document['credentialSubject'])[0];
  const named = isJsonObject(subject) && subject['id'] !== undefined;
  return ['iss', 'jti', 'nbf', ...(named ? ['sub'] : [])]
    .filter((claim) => payload[claim] === undefined)
    .map((claim) => warning('form', 'field-loose', claimsSource, { field: claim }));
}

function refuse(check: Check): ProofAnswer {
  return { checks: [check], issuerProof: { kind: 'none' } };
}
