import { plainText } from '../messages/plain-text.ts';
import { parseUrl } from '../model/brands.ts';
import { hostOf } from './issuer-view.ts';

/** A link out: only an address that its parser let through, with the host it leads to said beside it. */
export type LinkView = { readonly address: string; readonly text: string; readonly host: string };

const maxTextLength = 300;
const maxAddressLength = 2048;

/** A foreign address as a link, or nothing when it is no plain http(s) address. */
export function linkOf(address: string | undefined, title?: string): { link?: LinkView } {
  if (address === undefined) return {};
  const parsed = parseUrl(address);
  if (!parsed.ok) return {};
  const host = hostOf(parsed.value) ?? '';
  const text = title === undefined ? '' : plainText(title, maxTextLength);
  return { link: { address: parsed.value, text: text === '' ? plainText(parsed.value, 100) : text, host } };
}

/** A foreign `mailto:` address, without the subject, text and further recipients that it may carry along. */
export function mailLinkOf(address: string): LinkView | undefined {
  const [scheme, rest = ''] = address.slice(0, maxAddressLength).split(/:(.*)/s);
  const mail = rest.split('?')[0] ?? '';
  if (scheme?.toLowerCase() !== 'mailto' || !/^[\w.!#$&'*+/=^`{|}~-]{1,64}@[\w.-]{1,253}$/.test(mail))
    return undefined;
  return { address: `mailto:${mail}`, text: mail, host: mail };
}
