import type { IssuerProof } from '../model/badge.ts';
import { failure, passed, skipped, warning } from '../model/check.ts';
import type { Facts } from '../model/errors.ts';
import { isJsonObject, type JsonObject, listOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import { maxProofs } from '../model/subject.ts';
import { type Check, decide, type FindingCode, type Outcome } from '../model/verdict.ts';
import { bindHolder, idOfParty } from '../proofs/issuer-binding.ts';
import type { ProofAnswer } from '../proofs/proof-suite.ts';
import { verifyPresentationToken } from '../proofs/vp-jwt.ts';
import { maxPresented, type Presentation } from './presentation.ts';
import { proofDepsOf, verifyProofs } from './proofs.ts';

const source = 'VCDM 2.0 §Verifiable Presentations; DI §Verify Proof';

/** What the caller asked the holder to sign: a relying party that set a challenge names it here (threat T50). */
export type Asked = { readonly challenge?: string | undefined; readonly domain?: string | undefined };

/**
 * Judges who handed the envelope over. The badges inside stand by their own proofs, and whoever dislikes the envelope
 * can take them out, so that a bad one is told and spoils none of them. A caller who asked for an answer to a challenge
 * or domain judges the envelope itself: then only one that was signed by its holder for that very question passes.
 */
export async function judgePresentation(
  presentation: Presentation | undefined,
  asked: Asked | undefined,
  session: Session,
): Promise<readonly Check[]> {
  if (presentation === undefined) return asked === undefined ? [] : [unsigned(asked)];
  const cut = presentation.isCut ? [tooMany] : [];
  return [...(await judgeSignatures(presentation, asked, session)), ...cut];
}

const tooMany = warning('limits', 'some-not-checked', 'ours', { what: 'badges', limit: maxPresented });

async function judgeSignatures(
  presentation: Presentation,
  asked: Asked | undefined,
  session: Session,
): Promise<readonly Check[]> {
  const signatures = signaturesOf(presentation);
  if (signatures.length === 0) return [unsigned(asked)];
  const answering = signatures.filter((signature) => answers(signature, asked));
  if (answering.length === 0) return [told(asked, 'presentation-aim-differs', aimOf(signatures[0]))];
  const { holder, ...answer } = await verifySignatures(presentation, answering, session);
  const decided = decide(answer.checks, [], session.now);
  if (decided.outcome !== 'valid') return [bad(decided.outcome, decided.reason, holder, asked)];
  const facts = { holder: holder ?? keyOf(answer.issuerProof) };
  const isOpen = holder !== undefined && answer.issuerProof.kind === 'unconfirmed';
  const signed = isOpen
    ? told(asked, 'presentation-holder-open', facts)
    : passed('presentation', 'presentation-good', source, facts);
  return [signed, ...aimedAt(answering[0], asked)];
}

/** Nothing says who handed it over: a caller who asked for an answer has none. */
function unsigned(asked: Asked | undefined): Check {
  const code = 'presentation-unsigned';
  return asked === undefined
    ? skipped('presentation', code, source)
    : failure('presentation', 'invalid', code, source);
}

/** What one signature says that it was made for: members of an embedded proof, or claims of a token. */
type Signature = {
  readonly proof?: JsonObject;
  readonly challenges: readonly unknown[];
  readonly domains: readonly unknown[];
};

function signaturesOf({ document, token }: Presentation): readonly Signature[] {
  if (token !== undefined) {
    const { nonce, aud } = token.payload;
    return [{ challenges: listOf(nonce), domains: listOf(aud) }];
  }
  // One more than are verified, so that a crowd of them is seen to be one.
  return listOf(document['proof'])
    .slice(0, maxProofs + 1)
    .filter(isJsonObject)
    .map((proof) => ({ proof, challenges: listOf(proof['challenge']), domains: listOf(proof['domain']) }));
}

function answers({ challenges, domains }: Signature, asked: Asked | undefined): boolean {
  return (
    (asked?.challenge === undefined || (challenges.length === 1 && challenges[0] === asked.challenge)) &&
    (asked?.domain === undefined || domains.includes(asked.domain))
  );
}

async function verifySignatures(
  { document, token }: Presentation,
  signatures: readonly Signature[],
  session: Session,
): Promise<ProofAnswer & { readonly holder: string | undefined }> {
  const manner = { use: 'presentation', bindIssuer: bindHolder } as const;
  if (token !== undefined) {
    const answer = await verifyPresentationToken(token, document, proofDepsOf(session, manner));
    return { ...answer, holder: idOfParty(document['holder'] ?? token.payload['iss']) };
  }
  const proofs = signatures.flatMap(({ proof }) =>
    proof === undefined ? [] : [{ kind: 'embedded' as const, proof }],
  );
  const answer = await verifyProofs(proofs, { generation: 'vc-2.0', document }, session, manner);
  return { ...answer, holder: idOfParty(document['holder']) };
}

function bad(
  outcome: Outcome,
  reason: FindingCode,
  holder: string | undefined,
  asked: Asked | undefined,
): Check {
  const facts = { reason, ...(holder === undefined ? {} : { holder: holder.slice(0, 300) }) };
  if (outcome === 'unsupported' || outcome === 'unreachable')
    return asked === undefined
      ? warning('presentation', 'presentation-unchecked', source, facts)
      : failure('presentation', outcome, 'presentation-unchecked', source, facts);
  return told(asked, badCodes[reason] ?? 'presentation-bad', facts);
}

/** What is wrong with an envelope, where more can be said than that its signature does not hold. */
const badCodes: Readonly<Partial<Record<FindingCode, FindingCode>>> = {
  'proof-expired': 'presentation-ended',
  'not-yet-valid': 'presentation-ended',
  'key-owner-differs': 'presentation-other-key',
  'key-not-listed': 'presentation-other-key',
  'key-not-authorised': 'presentation-other-key',
};

function told(asked: Asked | undefined, code: FindingCode, facts: Facts): Check {
  return asked === undefined
    ? warning('presentation', code, source, facts)
    : failure('presentation', 'invalid', code, source, facts);
}

function aimedAt(signature: Signature | undefined, asked: Asked | undefined): readonly Check[] {
  const aim = aimOf(signature);
  if (asked !== undefined) return [passed('presentation', 'presentation-aim-good', source, aim)];
  // Nobody set a challenge here, so that there is nothing to hold it against.
  return Object.keys(aim).length === 0 ? [] : [skipped('presentation', 'presentation-aimed', source, aim)];
}

function aimOf(signature: Signature | undefined): Facts {
  const [challenge] = signature?.challenges ?? [];
  const domains = (signature?.domains ?? []).filter((domain) => typeof domain === 'string');
  return {
    ...(typeof challenge === 'string' ? { challenge: challenge.slice(0, 200) } : {}),
    ...(domains.length === 0 ? {} : { domain: domains.join(', ').slice(0, 200) }),
  };
}

function keyOf(issuerProof: IssuerProof): string {
  return 'key' in issuerProof ? issuerProof.key : '';
}
