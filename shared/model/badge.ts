import type { Instant, Sha256 } from './brands.ts';
import type { Json, JsonObject } from './json.ts';

/** The generations of the standard that a document may belong to. `vc-2.0`: a credential that is no badge. */
export type Generation = '0.5' | '1.0' | '1.1' | '2.0' | '2.1' | '3.0' | 'clr-2.0' | 'vc-2.0';

/**
 * The one view over every generation. Built for display, search and verification;
 * never signed, never exported: the original bytes are kept beside it.
 * All texts are foreign: plain text of any length, never markup. All addresses are foreign and unparsed.
 */
export type Badge = {
  readonly generation: Generation;
  /** `id`, or the address it was fetched from */
  readonly id: string;
  readonly achievement: Achievement;
  readonly issuer: Issuer;
  readonly recipients: readonly Recipient[];
  /** when it was awarded; absent when the document does not say */
  readonly awarded?: Instant;
  readonly validFrom?: Instant;
  readonly expires?: Instant;
  readonly evidence: readonly Evidence[];
  readonly narrative?: string;
  readonly endorsements: readonly Endorsement[];
  /** what was reached, where the badge says it (3.0) */
  readonly results?: readonly AchievementResult[];
  /** the badges inside a record of several (CLR), as they say themselves */
  readonly parts?: readonly { readonly name: string; readonly issuerName?: string }[];
  /** the picture of this award, if it has one of its own */
  readonly picture?: string;
  /** the assertion or credential as parsed; unknown fields included */
  readonly document: JsonObject;
};

/** Badge class (1.x, 2.0) or achievement (3.0). */
export type Achievement = {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  /** http(s) or `data:` address */
  readonly picture?: string;
  readonly criteria?: { readonly address?: string; readonly narrative?: string };
  readonly kind?: string;
  readonly tags: readonly string[];
  readonly alignments: readonly Alignment[];
};

export type Alignment = {
  readonly name: string;
  readonly address?: string;
  readonly description?: string;
  readonly framework?: string;
  readonly code?: string;
};

/** As the document says it; whether any of it is proven stands in `IssuerProof`. */
export type Issuer = {
  readonly id: string;
  readonly name?: string;
  readonly address?: string;
  readonly email?: string;
  readonly description?: string;
  readonly picture?: string;
};

export type Evidence = {
  readonly address?: string;
  readonly name?: string;
  readonly description?: string;
  readonly narrative?: string;
  readonly genre?: string;
};

/** One result with what its achievement says of it, in the document's own words. */
export type AchievementResult = {
  readonly name?: string;
  /** `Percent`, `LetterGrade`, … */
  readonly kind?: string;
  readonly value?: string;
  /** name of the level that was reached */
  readonly level?: string;
  readonly status?: string;
  /** value, or name of the level, that was asked for */
  readonly required?: string;
  readonly most?: string;
};

export type Endorsement = {
  readonly issuerName?: string;
  readonly issuerId?: string;
  readonly comment?: string;
  readonly document: Json;
};

/** Whom the badge names. `type` is ours: 3.0's `emailAddress` reads `email`. */
export type Recipient = {
  readonly type: 'email' | 'url' | 'telephone' | 'did' | (string & {});
  /** the identity itself, or `algorithm$hex` when hashed */
  readonly identity: string;
  readonly hashed: boolean;
  readonly salt?: string;
};

/** An identity that the learner says is his own, kept on his devices. */
export type Identity = {
  readonly type: 'email' | 'url' | 'telephone' | 'did' | (string & {});
  readonly value: string;
};

/** Whose the badge is, beside the verdict and never part of it. */
export type RecipientMatch = 'yours' | 'not-yet-matched' | 'names-nobody' | 'someone-elses';

/** Who vouches, as far as it was proven. The host or key leads every view; the claimed name follows it. */
export type IssuerProof =
  | { readonly kind: 'host'; readonly host: string; readonly encrypted: boolean }
  | { readonly kind: 'key'; readonly key: string }
  /** the proof is good, but nothing binds its key to the issuer that the badge names */
  | { readonly kind: 'unconfirmed'; readonly key: string; readonly why: 'key-not-bound' | 'key-elsewhere' }
  | { readonly kind: 'none' };

/** A document that a verdict rested on, byte for byte (product §5). */
export type SnapshotDocument = {
  /** address asked; for DIDs the address that they resolve to */
  readonly address: string;
  /** where it answered after redirects */
  readonly finalAddress: string;
  readonly status: number;
  readonly mediaType: string;
  readonly hash: Sha256;
  readonly bytes: Uint8Array;
  readonly at: Instant;
};

export type Snapshot = { readonly taken: Instant; readonly documents: readonly SnapshotDocument[] };
