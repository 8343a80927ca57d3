import { ok } from '../model/result.ts';
import type { OfferProtocol } from './offer.ts';

/** Schemes of the deep links that the Learner Credential Wallet registers. */
const deepLinkSchemes = new Set(['dccrequest:', 'org.dcconsortium:']);

/**
 * An interaction address of the VC-API (`iuv=1`) or a wallet's deep link to an exchange (`vc_request_url`).
 * Recognised so that it can be named; nothing is fetched for it here. Source: VC-API §interactions.
 */
export const vcApi: OfferProtocol = {
  name: 'vc-api',
  recognises: (url) => {
    if (deepLinkSchemes.has(url.protocol)) return true;
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
    return url.searchParams.get('iuv') === '1' || url.searchParams.has('vc_request_url');
  },
  parse: (_, url) => ok({ kind: 'not-supported-yet', protocol: 'vc-api', content: url.href }),
};
