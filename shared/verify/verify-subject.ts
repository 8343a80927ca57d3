import { recipientsOf } from '../formats/recipients.ts';
import { formatOf } from '../formats/registry.ts';
import type { Badge, Identity, IssuerProof, Recipient } from '../model/badge.ts';
import type { Url } from '../model/brands.ts';
import { failure, passed } from '../model/check.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import { type Check, decide } from '../model/verdict.ts';
import type { Audience } from '../proofs/proof-suite.ts';
import type { VerifiedCredential } from '../status/status-kind.ts';
import { judgeCredentialSchemas } from './credential-schema.ts';
import { type EndorsementWay, endorsementWay, judgeEndorsements } from './endorsements.ts';
import { judgeCarriedParts } from './parts.ts';
import { verifyProofs } from './proofs.ts';
import { type Held, openDocument, subjectOf } from './read-document.ts';
import { compareAny } from './recipient.ts';
import { judgeRefresh } from './refresh.ts';
import { judgeStatus } from './status.ts';
import { judgeValidity } from './validity.ts';

export type SubjectOptions = {
  /** whom the badge must be about; only then a mismatch is invalid */
  readonly recipient?: readonly Identity[];
  /** What it is to the verification: a status list has no status of its own, and only a badge has parts. */
  readonly role: 'badge' | 'endorsement' | 'part' | 'status-list';
  /** how endorsements led here, and how many may still be followed; for a badge that came by itself left out */
  readonly way?: EndorsementWay;
  /** whether the one who holds it asks; default anybody else */
  readonly audience?: Audience;
};

export type SubjectVerification = {
  readonly checks: readonly Check[];
  readonly issuerProof: IssuerProof;
  /** as far as it was read, its linked documents gathered */
  readonly subject?: Subject;
  readonly badge?: Badge;
};

/**
 * The steps of a verification, in the order of the specifications: form, linked documents, proof, state, time,
 * recipient, endorsements. Every check is kept; which one decides is the verdict's matter (`decide`).
 * Source: OB 3.0 §verification; OB 2.0 §Verification.
 */
export async function verifyDocument(
  held: Held,
  address: Url | undefined,
  options: SubjectOptions,
  session: Session,
): Promise<SubjectVerification> {
  const reading = subjectOf(held, address);
  if ('refusal' in reading) return { checks: [reading.refusal], issuerProof: { kind: 'none' } };
  const claimed = formatOf(reading.subject.generation);
  if (claimed === undefined) {
    const { generation } = reading.subject;
    const refusal = failure('form', 'unsupported', 'generation-not-supported', 'ours', {
      generation,
    });
    return { checks: [refusal], issuerProof: { kind: 'none' }, subject: reading.subject };
  }

  const form = claimed.judge(reading.subject.document);
  if (isUnreadable(form)) return { checks: form, issuerProof: { kind: 'none' }, subject: reading.subject };

  const gathered = await claimed.gather(reading.subject, session);
  const { subject } = gathered;
  // What lies at a badge's own address may be of a later generation by now.
  const format = formatOf(subject.generation) ?? claimed;
  const badge = format.badgeOf(subject);
  const seen = badge === undefined ? { subject } : { subject, badge };
  const read = [...form, ...gathered.checks];
  if (isUnreadable(gathered.checks)) return { checks: read, issuerProof: { kind: 'none' }, ...seen };

  const proof = await verifyProofs(format.proofsOf(subject), subject, session, {
    audience: options.audience ?? 'verifier',
  });
  const isProven = [...read, ...proof.checks].every((check) => check.asks === undefined);
  const verifyStatusList = nestedVerifier('status-list', session);
  // Nothing more is asked of anybody in the name of a badge that is not the issuer's word.
  const isFalse = proof.checks.some((check) => check.asks === 'invalid' || check.asks === 'malformed');
  const status =
    isFalse || options.role === 'status-list'
      ? []
      : await judgeStatus(format.statusesOf(subject), subject, session, verifyStatusList);
  const validity = judgeValidity(format.validityOf(subject), session.now);
  const named = badge?.recipients ?? recipientsOf(subject.document);
  const recipient = await judgeRecipient(named, options.recipient);
  const parts =
    options.role === 'badge' && !isFalse
      ? await judgeCarriedParts(format.partsOf?.(subject) ?? [], subject.document, session, partVerifier)
      : [];
  const schemas = options.role === 'badge' && !isFalse ? await judgeCredentialSchemas(subject, session) : [];
  const refresh =
    options.role === 'badge' && isProven
      ? await judgeRefresh(subject, proof.issuerProof, session, partVerifier(session, 1))
      : [];
  const endorsements =
    options.role === 'status-list'
      ? []
      : await judgeEndorsements(
          format.endorsementsOf(subject),
          session,
          options.way ?? endorsementWay(),
          (bytes, at, way) => verifyNestedDocument(bytes, at, { role: 'endorsement', way }, session),
        );

  return {
    checks: hollowLast([
      ...read,
      ...proof.checks,
      ...status,
      ...validity,
      ...recipient,
      ...endorsements,
      ...schemas,
      ...parts,
      ...refresh,
    ]),
    // What nothing stands behind proves nobody, whatever a single step found out.
    issuerProof: isProven ? proof.issuerProof : issuerBehind(proof.issuerProof, read, proof.checks),
    ...seen,
  };
}

function isUnreadable(checks: readonly Check[]): boolean {
  return checks.some((check) => check.asks === 'malformed' && !isHollow(check));
}

/** A credential that can be read and verified, but awards nothing. */
function isHollow(check: Check): boolean {
  return check.asks === 'malformed' && check.detail.code === 'not-a-badge';
}

/** Whatever else is wrong with a credential that awards nothing weighs more than its emptiness. */
function hollowLast(checks: readonly Check[]): readonly Check[] {
  if (!checks.some((check) => check.asks === 'invalid')) return checks;
  return checks.map((check) => {
    if (!isHollow(check)) return check;
    const { asks: _, ...told } = check;
    return told;
  });
}

/** A good proof stays one when only something else could not be had; a failed one proves nobody. */
function issuerBehind(
  issuerProof: IssuerProof,
  read: readonly Check[],
  proof: readonly Check[],
): IssuerProof {
  const isSpoilt = [...read, ...proof].some(
    (check) => check.asks === 'invalid' || check.asks === 'malformed',
  );
  return isSpoilt ? { kind: 'none' } : issuerProof;
}

const partVerifier = (session: Session, parts: number) =>
  nestedVerifier('part', session, endorsementWay(parts));

/** Verifies each nested document once, however many steps ask for it. */
function nestedVerifier(role: SubjectOptions['role'], session: Session, way?: EndorsementWay) {
  const before = new Map<Uint8Array, Promise<VerifiedCredential>>();
  const options = { role, ...(way === undefined ? {} : { way }) };
  return (bytes: Uint8Array): Promise<VerifiedCredential> => {
    const known = before.get(bytes);
    if (known !== undefined) return known;
    const answer = verifyNestedDocument(bytes, undefined, options, session);
    before.set(bytes, answer);
    return answer;
  };
}

async function verifyNestedDocument(
  bytes: Uint8Array,
  address: Url | undefined,
  options: SubjectOptions,
  session: Session,
): Promise<VerifiedCredential> {
  const verified = await verifyDocument(openDocument(bytes), address, options, session);
  const { checks, issuerProof, subject } = verified;
  const verdict = decide(checks, [], session.now);
  return { verdict, issuerProof, ...(subject === undefined ? {} : { subject }) };
}

async function judgeRecipient(
  recipients: readonly Recipient[],
  expected: readonly Identity[] | undefined,
): Promise<readonly Check[]> {
  if (expected === undefined) return [];
  const source = 'OB 3.0 §verify-identifier; OB 2.0 §IdentityObject';
  if (recipients.length === 0) return [failure('recipient', 'invalid', 'recipient-absent', source)];
  const comparison = await compareAny(recipients, expected);
  if (comparison === 'matches') return [passed('recipient', 'recipient-matches', source)];
  return comparison === 'cannot-compare'
    ? [failure('recipient', 'unsupported', 'recipient-differs', source)]
    : [failure('recipient', 'invalid', 'recipient-differs', source)];
}
