import { millisecondsOf } from '../model/brands.ts';
import { failure, passed } from '../model/check.ts';
import type { JsonObject } from '../model/json.ts';
import type { CompactToken } from '../model/subject.ts';
import type { Check, FindingCode } from '../model/verdict.ts';
import { idOfParty } from './issuer-binding.ts';
import type { ProofAnswer, ProofDeps } from './proof-suite.ts';
import { judgeHeader, signatureSource, signerOf } from './signed-token.ts';

const source = 'VC-JOSE-COSE §Securing JSON-LD Verifiable Presentations with JOSE; VCDM 1.1 §JWT Decoding';

/** Types of token that carry a presentation; a credential's must never pass for one (threat T41). */
const presentationTypes = new Set(['jwt', 'vp+jwt', 'vp+ld+jwt', 'vp+ld+json+jwt', 'jwt+vp']);
/** How far two clocks may lie apart (open-badges.md k.19). */
const clockSkewMs = 5 * 60 * 1000;

/**
 * A presentation as compact JWT. The holder signs it, so that `iss` is the holder; `document` is the presentation
 * inside, or the payload itself. Whose badges are inside is none of its matter.
 */
export async function verifyPresentationToken(
  token: CompactToken,
  document: JsonObject,
  deps: ProofDeps,
): Promise<ProofAnswer> {
  const header = judgeHeader(token.header, presentationTypes, 'vc');
  if ('refusal' in header) return refuse(header.refusal);
  const disagreement = claimThatDisagrees(token.payload, document);
  if (disagreement !== undefined) return refuse(bad('claims-disagree', disagreement));
  const holder = idOfParty(document['holder'] ?? token.payload['iss']);
  const signer = await signerOf(token, header.algorithm, holder, deps);
  if ('refusal' in signer) return refuse(signer.refusal);
  const time = judgeTimes(token.payload, millisecondsOf(deps.session.now));
  if (time !== undefined) return refuse(time);
  const named = holder === undefined ? document : { ...document, holder };
  const binding = await deps.bindIssuer(signer.key, named, deps.session);
  return {
    checks: [passed('integrity', 'signature-good', signatureSource), binding.check],
    issuerProof: binding.issuerProof,
  };
}

/** The first claim that contradicts the presentation beside it. */
function claimThatDisagrees(payload: JsonObject, document: JsonObject): string | undefined {
  const holder = idOfParty(document['holder']);
  if (payload['iss'] !== undefined && holder !== undefined && payload['iss'] !== holder) return 'iss';
  const id = document['id'];
  return payload['jti'] !== undefined && id !== undefined && payload['jti'] !== id ? 'jti' : undefined;
}

/** Source: RFC 7519 §4.1.4, §4.1.5. */
function judgeTimes({ exp, nbf }: JsonObject, now: number): Check | undefined {
  for (const [field, time] of Object.entries({ exp, nbf }))
    if (time !== undefined && (typeof time !== 'number' || !Number.isFinite(time)))
      return bad('bad-value', field);
  if (typeof exp === 'number' && exp * 1000 <= now) return bad('proof-expired', 'exp');
  if (typeof nbf === 'number' && nbf * 1000 > now + clockSkewMs) return bad('not-yet-valid', 'nbf');
  return undefined;
}

function bad(code: FindingCode, field: string): Check {
  return failure('integrity', 'invalid', code, source, { field });
}

function refuse(check: Check): ProofAnswer {
  return { checks: [check], issuerProof: { kind: 'none' } };
}
