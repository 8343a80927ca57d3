import { parseUrl } from '../model/brands.ts';
import { ok } from '../model/result.ts';
import type { OfferProtocol } from './offer.ts';

/** An address that answers with the badge. Its fragment never reaches a server, so it goes. */
export const hosted: OfferProtocol = {
  name: 'hosted',
  recognises: (url) => url.protocol === 'https:' || url.protocol === 'http:',
  parse: (_, url) => {
    const bare = new URL(url);
    bare.hash = '';
    const address = parseUrl(bare.href);
    return address.ok ? ok({ kind: 'hosted', address: address.value }) : address;
  },
};
