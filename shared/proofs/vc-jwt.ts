import type { FoundKey } from '../keys/key-source.ts';
import { isSameKey, parsePublicJwk } from '../keys/public-jwk.ts';
import { millisecondsOf } from '../model/brands.ts';
import { failure, passed, warning } from '../model/check.ts';
import { isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { CompactToken, Subject } from '../model/subject.ts';
import { parseZonedTime } from '../model/time.ts';
import type { Check } from '../model/verdict.ts';
import { bareDid, notAuthorised } from './embedded-proof.ts';
import { issuerIdOf } from './issuer-binding.ts';
import type { ProofAnswer, ProofDeps, ProofSuite } from './proof-suite.ts';
import { type AlgorithmName, isAlgorithm, verifySignature } from './signature.ts';

const headerSource = 'OB 3.0 §joseheader';
const claimsSource = 'OB 3.0 §jwt-verify-credential';
const signatureSource = 'OB 3.0 §jwt-proof; VC-JOSE-COSE §Securing with JOSE; RFC 7515 §5.2';

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
  const header = judgeHeader(token.header);
  if ('refusal' in header) return refuse(header.refusal);
  const disagreement = claimsThatDisagree(token.payload, subject.document);
  if (disagreement !== undefined)
    return refuse(failure('integrity', 'invalid', 'claims-disagree', claimsSource, { field: disagreement }));
  const key = await keyOf(token, subject, deps);
  if ('refusal' in key) return refuse(key.refusal);
  const { signature, signed } = token;
  const answer = await verifySignature(header.algorithm, key.key.jwk, signature, signed, deps.session);
  if (answer === 'key-does-not-fit')
    return refuse(failure('key', 'invalid', 'key-does-not-fit', signatureSource));
  if (answer !== 'good') return refuse(failure('integrity', 'invalid', 'signature-bad', signatureSource));
  const binding = await deps.bindIssuer(key.key, subject.document, deps.session);
  return {
    checks: [
      passed('integrity', 'signature-good', signatureSource),
      passed('key', 'key-found', headerSource),
      ...bareDid(stringOf(token.header['kid']), 'kid'),
      ...looseClaims(token.payload, subject.document),
      binding.check,
    ],
    issuerProof: binding.issuerProof,
  };
}

type Header = { readonly algorithm: AlgorithmName };

/** Everything in a header that could turn the check into another one is refused before a key is looked for. */
function judgeHeader(header: JsonObject): Header | { readonly refusal: Check } {
  const algorithm = stringOf(header['alg']);
  if (algorithm === undefined) return refused('malformed', 'missing-field', { field: 'alg' });
  if (!isAlgorithm(algorithm)) {
    // `none` and HMAC prove nothing about who signed; others are merely not known here.
    const forged = /^(?:none|hs\d+)$/i.test(algorithm);
    return refused(forged ? 'invalid' : 'unsupported', 'algorithm-not-supported', {
      algorithm: algorithm.slice(0, 40),
    });
  }
  if (header['crit'] !== undefined) return refused('invalid', 'bad-value', { field: 'crit' });
  if (header['b64'] !== undefined) return refused('invalid', 'bad-value', { field: 'b64' });
  // A key that the token itself says where to fetch is the forger's (RFC 8725 §3.10).
  for (const field of ['jku', 'x5u', 'x5c'])
    if (field in header) return refused('invalid', 'bad-value', { field });
  const type = header['typ'];
  if (type !== undefined) {
    const word = stringOf(type)
      ?.toLowerCase()
      .replace(/^application\//, '');
    if (word === undefined || !credentialTypes.has(word))
      return refused('invalid', 'bad-value', { field: 'typ' });
  }
  return { algorithm };

  function refused(
    asks: 'invalid' | 'unsupported' | 'malformed',
    code: Check['detail']['code'],
    facts: Check['detail']['facts'],
  ): { refusal: Check } {
    return { refusal: failure('integrity', asks, code, headerSource, facts) };
  }
}

async function keyOf(
  token: CompactToken,
  subject: Subject,
  deps: ProofDeps,
): Promise<{ readonly key: FoundKey } | { readonly refusal: Check }> {
  const kid = stringOf(token.header['kid']);
  const inline = token.header['jwk'];
  const found =
    kid === undefined
      ? undefined
      : await deps.findKey({ reference: wholeKid(kid, subject), use: 'credential' });
  if (inline !== undefined) {
    const jwk = parsePublicJwk(inline);
    if (!jwk.ok) {
      return jwk.why === 'unsupported'
        ? {
            refusal: failure('key', 'unsupported', 'key-kind-not-supported', headerSource, {
              kind: jwk.kind ?? '',
            }),
          }
        : { refusal: failure('key', 'invalid', 'bad-value', headerSource, { field: 'jwk' }) };
    }
    // The key beside the signature proves integrity alone; only the same key at its own address says whose it is.
    if (found?.found === true && isSameKey(found.key.jwk, jwk.jwk)) return authorised(found.key);
    if (found?.found === true)
      return { refusal: failure('key', 'invalid', 'key-owner-differs', headerSource) };
    return { key: { jwk: jwk.jwk, id: kid ?? 'jwk', authorised: true, certainty: 'decoded' } };
  }
  if (found === undefined)
    return { refusal: failure('key', 'invalid', 'missing-field', headerSource, { field: 'kid' }) };
  if (found.found) return authorised(found.key);
  const asks = found.asks === 'valid' ? 'invalid' : found.asks;
  return { refusal: failure('key', asks, found.code, headerSource, found.facts) };
}

function authorised(key: FoundKey): { readonly key: FoundKey } | { readonly refusal: Check } {
  return key.authorised ? { key } : { refusal: notAuthorised(key, headerSource) };
}

/** A `kid` that is a bare fragment or name belongs to the issuer's own document. */
function wholeKid(kid: string, subject: Subject): string {
  const issuer = issuerIdOf(subject.document);
  if (issuer === undefined || /^[a-z][a-z0-9+.-]*:/i.test(kid)) return kid;
  return `${issuer}#${kid.replace(/^#/, '')}`;
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
