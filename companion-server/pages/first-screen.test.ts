import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Handle, Instant, Sha256 } from '../../shared/model/brands.ts';
import type { ProfileData } from '../../shared/model/page-data.ts';
import { themes } from '../../shared/model/themes.ts';
import { headersOf } from '../routes/headers.ts';
import { checkPage } from './check-page.tsx';
import { collectionPage } from './collection-page.tsx';
import { compact, firstScreenOf, rulesOf } from './first-screen.ts';
import { profilePage } from './profile-page.tsx';
import { styleSheets } from './style-sheets.ts';

const origin = 'http://localhost:4100';
const data: ProfileData = {
  origin,
  handle: 'ada' as Handle,
  name: 'Ada',
  about: 'Builds forms',
  identity: 'did:key:z6MkexampleExampleExample12345678',
  formerly: [],
  publishedAt: '2026-03-12T14:05:09.000Z' as Instant,
  listed: false,
  collections: [],
};
const cover = 'A'.repeat(43) as Sha256;
const collection = { slug: 'a', title: 'A', badges: [] };
const pages: Readonly<Record<string, string>> = {
  profile: profilePage(data),
  ...Object.fromEntries(themes.map((theme) => [theme, profilePage({ ...data, theme, cover })])),
  collection: collectionPage({ ...data, collection, theme: 'ember' }),
  check: checkPage(origin, '/assets/check.js'),
};
const stylesIn = (page: string) =>
  [...page.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text = '']) => text);
const policyOf = (name: string) =>
  headersOf[name === 'check' ? 'check' : 'page']['content-security-policy'] ?? '';

describe('what a page draws before its style sheet is there', () => {
  it('is allowed by the hash of its very bytes, and nothing else that stands in a page is', () => {
    for (const [name, page] of Object.entries(pages)) {
      const styles = stylesIn(page);
      expect(styles.length, name).toBeGreaterThan(0);
      for (const text of styles) {
        const source = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
        expect([name, policyOf(name).includes(source)]).toEqual([name, true]);
        const changed = createHash('sha256').update(`${text} `).digest('base64');
        expect(policyOf(name)).not.toContain(changed);
      }
      expect(policyOf(name)).not.toContain('unsafe');
    }
    // The usual theme needs none of its own.
    expect(Object.values(pages).map((page) => stylesIn(page).length)).toEqual([1, 2, 3, 3, 3, 2, 1]);
  });

  it('is written in the sheet behind it, rule by rule, so that nothing moves when that comes', () => {
    for (const [name, page] of Object.entries(pages)) {
      const sheet = styleSheets[name === 'check' ? 'check' : 'profile'].text;
      const rules = stylesIn(page).flatMap((text) => [...text.matchAll(/([^{};]+)\{([^{}]+)\}/g)]);
      expect(rules.length).toBeGreaterThan(8);
      for (const [, selectors = '', block = ''] of rules) {
        if (isOrder(selectors, block)) continue;
        const said = writtenOut(rulesOf(sheet, selectors.split(',')), sheet);
        for (const declaration of writtenOut(block, sheet).split(';'))
          expect([name, selectors, said]).toEqual([name, selectors, expect.stringContaining(declaration)]);
      }
    }
  });

  it('stands before the sheet, and so does what is seen first', () => {
    for (const [name, page] of Object.entries(pages)) {
      const places = ['<style>', '<body>', '<h1', '</header>', '<link rel="stylesheet"', '</main>'].map(
        (one) => page.indexOf(one),
      );
      expect([name, places.toSorted((a, b) => a - b)]).toEqual([name, places]);
      expect(places[0]).toBeGreaterThan(0);
    }
  });
});

/** With the sizes and colours in the places of their names. */
function writtenOut(css: string, sheet: string): string {
  const tokens = new Map<string, string>();
  for (const [, name = '', value = ''] of compact(sheet).matchAll(/(--[\w-]+):([^;}]*)/g))
    if (!tokens.has(name)) tokens.set(name, value);
  return css.replace(/var\((--[\w-]+)\)/g, (use, name: string) => tokens.get(name) ?? use);
}

/** What is to be seen first: nothing bare, the head before the tiles. That is all that the sheet does not say. */
function isOrder(selectors: string, block: string): boolean {
  return /^(?:link|0%|from)/.test(selectors) || /^animation:[^;]*\bfirst-frame\b[^;]*$/.test(block);
}

describe('firstScreenOf', () => {
  const sheet = `
    @layer tokens, base;
    @layer tokens { :root { color-scheme: dark; --ink: rebeccapurple; --far: 1px; --long-size: 2px; --a: var(--ink); } }
    @layer base {
      /* not this */
      h1, h2:not(.a, .b) { margin: 0; padding: var(--long-size); }
      h1 { color: var(--a); }
      @media (min-width: 1rem) { h1 { order: 1; } p { order: 2; } }
      @media print { h1 { order: 3; } }
      [dir="auto"] { font-family: "A B"; }
    }`;

  it('takes the rules of what it is given, their tokens and no other, in the order and the layers of the sheet', () => {
    expect(firstScreenOf(sheet, ['h1', "[dir='auto']"])).toBe(
      '@layer tokens,base;@layer tokens{:root{color-scheme:dark;--ink:rebeccapurple;--a:var(--ink)}}' +
        "@layer base{h1{margin:0;padding:2px;color:var(--a)}@media (min-width:1rem){h1{order:1}}[dir='auto']{font-family:'A B'}}",
    );
  });

  it('follows the sheet, and takes nothing that is not asked for', () => {
    expect(firstScreenOf(sheet.replace('margin: 0', 'margin: 1rem'), ['h1'])).toContain('h1{margin:1rem;');
    expect(firstScreenOf(sheet, ['h2'])).not.toMatch(/h2|margin/);
    expect(firstScreenOf(sheet, ['h2:not(.a,.b)'])).toContain('h2:not(.a,.b){margin:0;padding:2px}');
  });
});
