import type { Browser } from 'webextension-polyfill';

/**
 * What the browser gives to an extension: both kinds answer by promises, each under a name of its own. Only a message's
 * answer goes another way: Chromium takes no promise from a listener, see `background/index.ts`.
 */
export const browser: Browser = Reflect.get(globalThis, nameHere());

function nameHere(): string {
  return 'browser' in globalThis ? 'browser' : 'chrome';
}
