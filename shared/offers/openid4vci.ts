import { ok } from '../model/result.ts';
import type { OfferProtocol } from './offer.ts';

/**
 * A credential offer of OpenID4VCI, by its own scheme or as a web address with the offer in a parameter.
 * Recognised so that it can be named; codes in it are single-use, so nothing is ever fetched for it here.
 * Source: OpenID4VCI 1.0 §4.1.
 */
export const openid4vci: OfferProtocol = {
  name: 'openid4vci',
  recognises: (url) =>
    url.protocol === 'openid-credential-offer:' ||
    (isWeb(url) && ['credential_offer', 'credential_offer_uri'].some((name) => url.searchParams.has(name))),
  parse: (_, url) => ok({ kind: 'not-supported-yet', protocol: 'openid4vci', content: url.href }),
};

function isWeb(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'http:';
}
