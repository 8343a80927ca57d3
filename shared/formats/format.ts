import type { Badge, Generation } from '../model/badge.ts';
import type { JsonObject } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { CarriedEndorsement, CarriedPart, Proof, Subject, Validity } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';

/** What `gather` found: the subject with its linked documents, and a check for each that matters. */
export type Gathered = { readonly subject: Subject; readonly checks: readonly Check[] };

/**
 * One generation of the standard. Pure but for `gather`; it knows the form of its documents and nothing of
 * signatures. The pipeline calls the steps in the order in which they stand here.
 */
export type Format = {
  readonly name: string;
  readonly generations: readonly Generation[];
  /**
   * Whether the document can be read as what it says it is. A check that asks `malformed` ends the verification
   * before anything is fetched; loose findings are warnings.
   */
  readonly judge: (document: JsonObject) => readonly Check[];
  /**
   * Reads what the document links to and the verdict rests on: the hosted copy (which then is the document),
   * badge class, issuer. Later steps run whatever it found, unless a check of it asks `malformed`.
   */
  readonly gather: (subject: Subject, session: Session) => Promise<Gathered>;
  /** Everything that vouches for the subject; empty when nothing does. */
  readonly proofsOf: (subject: Subject) => readonly Proof[];
  /** The entries that say where its state is kept, each with its `type`; status kinds recognise them. */
  readonly statusesOf: (subject: Subject) => readonly JsonObject[];
  readonly validityOf: (subject: Subject) => Validity;
  readonly endorsementsOf: (subject: Subject) => readonly CarriedEndorsement[];
  /** Whole credentials inside it, each to be verified by itself; absent where there are none by the standard. */
  readonly partsOf?: (subject: Subject) => readonly CarriedPart[];
  /** The one view for display; `undefined` when too little could be had, or when it is no badge (a status list). */
  readonly badgeOf: (subject: Subject) => Badge | undefined;
};
