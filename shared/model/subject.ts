import type { Generation } from './badge.ts';
import type { Instant, Url } from './brands.ts';
import type { Bytes } from './bytes.ts';
import type { Fetched } from './effects.ts';
import type { JsonObject } from './json.ts';

/** A compact JWS taken apart (RFC 7515 §7.1). Nothing in it is verified. */
export type CompactToken = {
  readonly text: string;
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** ASCII of the first two parts with the dot between them: what was signed */
  readonly signed: Bytes;
  readonly signature: Bytes;
};

/** What is being verified, as far as it has been read. */
export type Subject = {
  readonly generation: Generation;
  /** the assertion or credential; of a token its payload, with the claims filled in */
  readonly document: JsonObject;
  readonly token?: CompactToken;
  /** where it was fetched from, when it was */
  readonly address?: Url;
  /** the copy at the assertion's own address, once the format has asked for it (generations up to 2.0) */
  readonly hosted?: Fetched;
  /** what it links to, or holds inside: filled by the format's `gather` */
  readonly badgeClass?: JsonObject;
  readonly issuer?: JsonObject;
};

/** Most proofs of one document that are verified. */
export const maxProofs = 10;

/** Something in or around the subject that vouches for it. */
export type Proof =
  | { readonly kind: 'embedded'; readonly proof: JsonObject }
  | { readonly kind: 'token'; readonly token: CompactToken }
  /** the issuer's own server answers with the same assertion */
  | { readonly kind: 'hosted' };

/** When the subject holds; an end that is absent never comes. */
export type Validity = { readonly from?: Instant; readonly until?: Instant };

/** A whole credential inside the subject, with a proof, an issuer and a state of its own. */
export type CarriedPart =
  | { readonly kind: 'document'; readonly document: JsonObject }
  | { readonly kind: 'token'; readonly text: string };

/** Most endorsements of one document that are verified. Formats hand on one more, so that a crowd is seen to be one. */
export const maxEndorsements = 10;

/** An endorsement that the subject carries or links to, and the id of the object that it must speak of. */
export type CarriedEndorsement = { readonly endorses: string | undefined } & (
  | { readonly kind: 'document'; readonly document: JsonObject }
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'link'; readonly address: string }
);
