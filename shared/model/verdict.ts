import type { Instant, Sha256 } from './brands.ts';
import type { Facts } from './errors.ts';

export const outcomes = [
  'valid',
  'invalid',
  'revoked',
  'expired',
  'unsupported',
  'malformed',
  'unreachable',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What was looked at, in the order in which a person doubts (look §3). */
export const checkNames = [
  'form', // can it be read, is it a badge
  'limits', // within our ceilings
  'integrity', // unaltered: signature or hosted copy
  'hosting', // found where it says it is
  'key', // the key could be had, and is allowed to sign
  'issuer', // the key or host belongs to the issuer named
  'validity', // begun, not ended
  'status', // revoked, suspended
  'schema',
  'endorsement',
  'part', // a credential inside a record
  'recipient',
  'extension',
  'proof-set',
  'presentation', // the envelope it was handed over in
] as const;
export type CheckName = (typeof checkNames)[number];

export type CheckOutcome = 'passed' | 'warning' | 'failed' | 'unknown' | 'skipped';

/**
 * Codes of findings, stable for people and machines: each has a sentence in `shared/messages/findings.ts`.
 * The code is both a check's detail and, for the check that decided, the verdict's reason.
 */
export const findingCodes = [
  'all-passed',
  'well-formed',
  'not-json',
  'not-a-badge',
  'several-badges',
  'picture-without-badge',
  'malformed-picture',
  'drawing-with-declarations',
  'missing-field',
  'wrong-type',
  'bad-value',
  'undefined-term',
  'unknown-context',
  'too-large',
  'unknown-generation',
  'generation-not-supported',
  'suite-not-supported',
  'algorithm-not-supported',
  'key-kind-not-supported',
  'status-kind-not-supported',
  'signature-good',
  'signature-bad',
  'no-proof',
  'proof-purpose-wrong',
  'proof-expired',
  'proof-elsewhere',
  'proof-chain-broken',
  'proof-for-holder',
  'claims-disagree',
  'document-unreachable',
  'document-not-json',
  'hosted-copy-good',
  'hosted-copy-differs',
  'hosted-elsewhere',
  'hosted-redirected',
  'outside-issuer-scope',
  'inside-issuer-scope',
  'issuer-scope-unknown',
  'not-encrypted',
  'key-found',
  'key-not-authorised',
  'key-revoked',
  'key-expired',
  'key-does-not-fit',
  'key-owner-differs',
  'key-not-listed',
  'issuer-confirmed',
  'issuer-host-answered',
  'issuer-not-confirmed',
  'in-time',
  'no-end',
  'has-expired',
  'not-yet-valid',
  'ends-before-it-begins',
  'not-revoked',
  'no-status',
  'has-been-revoked',
  'is-suspended',
  'gone',
  'status-unreachable',
  'status-list-bad',
  'status-list-short',
  'status-list-id-differs',
  'status-list-other-key',
  'status-list-not-confirmed',
  'status-index-out-of-range',
  'status-order-unclear',
  'status-message',
  'status-value',
  'newer-version',
  'no-newer-version',
  'part-good',
  'part-bad',
  'part-not-asked',
  'part-not-confirmed',
  'part-other-person',
  'part-endorsement-good',
  'part-endorsement-bad',
  'association-loose',
  'recipient-matches',
  'recipient-differs',
  'recipient-absent',
  'endorsement-good',
  'endorsement-bad',
  'endorser-not-confirmed',
  'endorser-endorsed',
  'endorser-endorsed-badly',
  'extension-bad',
  'schema-unavailable',
  'schema-kept',
  'schema-broken',
  'presentation-good',
  'presentation-unsigned',
  'presentation-bad',
  'presentation-ended',
  'presentation-other-key',
  'presentation-holder-open',
  'presentation-unchecked',
  'presentation-aimed',
  'presentation-aim-good',
  'presentation-aim-differs',
  'field-loose',
  'older-bake-used',
  'some-not-checked',
  'some-not-asked',
  'beyond-limits',
  'too-deep',
  'too-many-values',
] as const;
export type FindingCode = (typeof findingCodes)[number];
export type ReasonCode = FindingCode;

/** One step of the verification. A warning leaves `valid` as it is; an unknown never is `valid`. */
export type Check = {
  readonly check: CheckName;
  readonly outcome: CheckOutcome;
  readonly detail: { readonly code: FindingCode; readonly facts: Facts };
  /** section of the specification that asks for the step, e.g. `OB 2.0 §Hosted Verification`; `ours` for our own rules */
  readonly source: string;
  /** which verdict this check asks for when it did not pass; ours decides by `outcomeOrder` */
  readonly asks?: Outcome;
};

/** `documents`: hashes of every byte string that the verdict rests on, the badge's own first. */
export type Verdict = {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly checks: readonly Check[];
  readonly documents: readonly Sha256[];
  readonly at: Instant;
};

/**
 * When several things are wrong the first of these that any check asks for is the verdict
 * (what speaks hardest against the badge comes first): a tampered badge is never reported as merely expired,
 * and what could not be asked never hides what is known to be wrong.
 */
export const outcomeOrder: readonly Outcome[] = [
  'malformed',
  'invalid',
  'revoked',
  'expired',
  'unsupported',
  'unreachable',
  'valid',
];

/** The verdict that a list of checks adds up to. */
export function decide(checks: readonly Check[], documents: readonly Sha256[], at: Instant): Verdict {
  for (const outcome of outcomeOrder) {
    const deciding = checks.find((check) => check.asks === outcome);
    if (deciding !== undefined && outcome !== 'valid')
      return { outcome, reason: deciding.detail.code, checks, documents, at };
  }
  return { outcome: 'valid', reason: 'all-passed', checks, documents, at };
}
