import { decodeDataUrl } from '../model/data-url.ts';
import { ok } from '../model/result.ts';
import type { OfferProtocol } from './offer.ts';

/** A `data:` address that is the badge itself. Decoded here: nothing fetches, so no policy of a page applies. */
export const dataUrl: OfferProtocol = {
  name: 'data',
  recognises: (url) => url.protocol === 'data:',
  parse: (content) => {
    const decoded = decodeDataUrl(content);
    return decoded.ok ? ok({ kind: 'data', ...decoded.value }) : decoded;
  },
};
