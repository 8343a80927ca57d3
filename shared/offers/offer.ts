import type { Url } from '../model/brands.ts';
import type { Result } from '../model/result.ts';

/** What a page offers, once its text was understood; nothing has been fetched. */
export type Offer =
  | { readonly kind: 'hosted'; readonly address: Url }
  | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly mediaType: string }
  | {
      readonly kind: 'not-supported-yet';
      readonly protocol: 'openid4vci' | 'vc-api';
      /** the offer as it was resolved; may hold a single-use code and is never shown or logged */
      readonly content: string;
    };

/** One way of offering. The first in the registry that recognises an offer reads it. */
export type OfferProtocol = {
  readonly name: string;
  /** `url`: the offer resolved against its page; its `protocol` is what the URL parser made of it */
  readonly recognises: (url: URL) => boolean;
  /** `content`: the text as written. Errors: `address-not-allowed`, `offer-too-large`. */
  readonly parse: (content: string, url: URL) => Result<Offer>;
};

/** Longest offer that is no `data:` address, in characters; a credential offer carries JSON in its address. */
export const maxOfferLength = 64 * 1024;
