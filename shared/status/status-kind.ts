import type { IssuerProof } from '../model/badge.ts';
import type { Bytes } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check, Verdict } from '../model/verdict.ts';

/** A credential verified on its own behalf, as a status list is: with its proof, time and keys. */
export type VerifiedCredential = {
  readonly verdict: Verdict;
  readonly issuerProof: IssuerProof;
  readonly subject?: Subject;
};
export type VerifyCredential = (bytes: Uint8Array | Bytes) => Promise<VerifiedCredential>;

export type StatusDeps = { readonly session: Session; readonly verifyCredential: VerifyCredential };

/** One way of saying that a badge no longer holds. */
export type StatusKind = {
  /** as the entry's `type` says it */
  readonly name: string;
  readonly recognises: (entry: JsonObject, subject: Subject) => boolean;
  readonly check: (entry: JsonObject, subject: Subject, deps: StatusDeps) => Promise<readonly Check[]>;
};
