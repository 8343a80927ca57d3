import type { Url } from '../model/brands.ts';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, type Result } from '../model/result.ts';
import { maxOfferLength, type Offer } from './offer.ts';
import { offerProtocols } from './registry.ts';

/**
 * Reads what a page, a learner or a link offers. `base`: the page's address, against which a relative one resolves.
 * The URL parser decides what the scheme is, so that no spelling of `javascript:` passes.
 * Errors: `address-not-allowed` (another scheme, credentials in the address, too long, no address at all),
 * `offer-too-large` (a `data:` address above 5 MiB). Source: product §2.
 */
export function parseOffer(content: string, base: Url | undefined): Result<Offer> {
  const text = content.trim();
  const notAllowed = () => failed(new BackpackError('address-not-allowed', { address: text.slice(0, 200) }));
  if (text === '') return notAllowed();
  // A data address may be megabytes long: the URL parser need not copy its body to learn its scheme.
  const isData = /^data:/i.test(text);
  if (!isData && text.length > maxOfferLength) return notAllowed();
  let url: URL;
  try {
    url = isData ? new URL('data:,') : new URL(text, base);
  } catch {
    return notAllowed();
  }
  const protocol = offerProtocols.find(({ recognises }) => recognises(url));
  return protocol === undefined ? notAllowed() : protocol.parse(text, url);
}

/**
 * What an offer is remembered by: the address without fragment as the URL parser writes it, of everything else the
 * hash. Two spellings of one address (upper-case host, port 443, fragment) give one key; queries are kept, since an
 * issuer may tell its awards apart by them.
 */
export async function offerKey(offer: Offer): Promise<string> {
  switch (offer.kind) {
    case 'hosted':
      return offer.address;
    case 'data':
      return `data:${await sha256Of(offer.bytes)}`;
    case 'not-supported-yet':
      return `${offer.protocol}:${await sha256Of(utf8(offer.content))}`;
  }
}
