import { inlineStyleSources } from '../pages/inline-styles.ts';
import type { Surface } from './route.ts';

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const nothingAtAll = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What is no page of its own has no place in a search engine; whether a page has, its owner says in it. */
export const unlisted = { 'x-robots-tag': 'noindex' } as const;

/** Public pages may be kept for a minute, and are asked after then: what was unpublished is gone by that time. */
const forAMinute = 'public, max-age=60, must-revalidate';

/** Our own sheets, and what pages carry of them (`pages/inline-styles.ts`): nothing else styles a page. */
const styles = `style-src ${["'self'", ...inlineStyleSources].join(' ')}`;

/** What every answer of a surface carries. No cookie is set or read anywhere, and no other origin is let in (T23). */
export const headersOf: Readonly<Record<Surface, Readonly<Record<string, string>>>> = {
  api: { ...everywhere, 'content-security-policy': nothingAtAll, 'cache-control': 'no-store' },
  health: { ...everywhere, 'content-security-policy': nothingAtAll, 'cache-control': 'no-store' },
  // Whoever opens a page may keep hold of its window: it has neither script nor state, and to take the window away costs
  // Chromium a new process, a third of the time until the page is seen.
  page: {
    ...everywhere,
    'content-security-policy': `default-src 'none'; img-src 'self'; ${styles}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cache-control': forAMinute,
  },
  // The one page with script: our own files alone, which may read the web as any page may, and make no markup of it.
  check: {
    ...everywhere,
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': `default-src 'none'; script-src 'self'; connect-src 'self' https: http:; img-src 'self' blob:; ${styles}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    'cache-control': forAMinute,
  },
  // Pages of other sites may link to a document, yet none may embed it; what is stored here never runs here (T55).
  document: {
    ...everywhere,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    ...unlisted,
    'cache-control': forAMinute,
  },
  asset: {
    ...everywhere,
    'content-security-policy': nothingAtAll,
    'cache-control': 'public, max-age=31536000, immutable',
  },
};
