import type { FindKey } from '../keys/key-source.ts';
import type { IssuerProof } from '../model/badge.ts';
import type { Session } from '../model/session.ts';
import type { Proof, Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import type { BindIssuer } from './issuer-binding.ts';

/**
 * What a suite says of one proof. Good when no check asks for a verdict; then `issuerProof` says whom it binds to.
 * A proof that is not good gives `{ kind: 'none' }`.
 */
export type ProofAnswer = { readonly checks: readonly Check[]; readonly issuerProof: IssuerProof };

export type ProofDeps = {
  readonly session: Session;
  readonly findKey: FindKey;
  /** whether the key is the issuer's; suites of credentials ask it, hosting and 2.0 have rules of their own */
  readonly bindIssuer: BindIssuer;
  readonly audience: Audience;
  /** what the proof must have been made for: to award, or to show what one holds */
  readonly use: 'credential' | 'presentation';
};

/**
 * Who is asking: the holder, to whom the badge is given, or anybody else to whom it is shown. Some proofs are for the
 * holder's eyes alone. Source: DI ECDSA §3.5 (base and derived proofs).
 */
export type Audience = 'holder' | 'verifier';

/** One way of vouching for a subject. */
export type ProofSuite = {
  /** as the document names it: the cryptosuite, the proof's type, or the kind of token */
  readonly name: string;
  readonly recognises: (proof: Proof, subject: Subject) => boolean;
  readonly verify: (proof: Proof, subject: Subject, deps: ProofDeps) => Promise<ProofAnswer>;
};
