import { dataUrl } from './data-url.ts';
import { hosted } from './hosted.ts';
import type { OfferProtocol } from './offer.ts';
import { openid4vci } from './openid4vci.ts';
import { vcApi } from './vc-api.ts';

/** Ways of offering; `hosted` takes every web address that the protocols before it do not claim. */
export const offerProtocols: readonly OfferProtocol[] = [dataUrl, openid4vci, vcApi, hosted];
