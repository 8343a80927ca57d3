import type { Url } from '../../shared/model/brands.ts';
import { percentDecoded } from '../../shared/model/percent.ts';
import { ok, type Result } from '../../shared/model/result.ts';
import type { Offer } from '../../shared/offers/offer.ts';
import { parseOffer } from '../../shared/offers/parse-offer.ts';

/** An offer as `/claim#…` carries it: its text as a page would have it in its tag, and what that says. */
export type CarriedOffer = { readonly content: string; readonly offer: Offer };

/**
 * The offer in a page's fragment, percent-encoded or as it is; `undefined` where there is none.
 * A relative address is none: it would be read as one of ours. Errors: `address-not-allowed`, `offer-too-large`.
 */
export function offerInFragment(fragment: string): Result<CarriedOffer> | undefined {
  const text = fragment.replace(/^#/, '').trim();
  if (text === '') return undefined;
  const content = isWhole(text) ? text : percentDecoded(text);
  const offer = parseOffer(content, undefined);
  return offer.ok ? ok({ content, offer: offer.value }) : offer;
}

/** The host that would be asked; `undefined` where nobody would. */
export function hostAsked({ offer }: CarriedOffer): string | undefined {
  return offer.kind === 'hosted' ? new URL(offer.address as Url).host : undefined;
}

/** An address as it is begins with its scheme; an encoded one has `%3A` there. */
function isWhole(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text);
}
