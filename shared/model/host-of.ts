import { parseUrl } from './brands.ts';

/** Host with port of an http(s) address; the text itself, cut short, when it is none. */
export function hostOf(address: string): string {
  const url = parseUrl(address);
  return url.ok ? new URL(url.value).host : address.slice(0, 100);
}
