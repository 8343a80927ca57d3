import { createHash } from 'node:crypto';
import base from '../../shared/components/base.css?inline';
import themeTokens from '../../shared/components/theme-tokens.css?inline';
import tokens from '../../shared/components/tokens.css?inline';
import { type Theme, themes } from '../../shared/model/themes.ts';
import awaitedSheet from './awaited-sheet.css?inline';
import checkPage from './check-page.css?inline';
import { compact, firstScreenOf, rulesOf } from './first-screen.ts';
import headFirst from './head-first.css?inline';
import pages from './pages.css?inline';
import printedPages from './printed-pages.css?inline';
import profilePage from './profile-page.css?inline';
import { styleSheets } from './style-sheets.ts';

const everywhere = ['*', 'html', 'body', 'h1', 'p', '.page', '.soft', '.printed'];

/** What each kind of page shows before its style sheet is there, and what a profile's cover needs besides. */
const firstScreens = {
  profile: firstScreen(profilePage, ['.profile-head', '.profile-name', '.profile-about'], headFirst),
  collection: firstScreen(
    profilePage,
    ['a', '.small', '.page-back', '.profile-head', '.collection-name', '.profile-collection-about'],
    headFirst,
  ),
  check: firstScreen(checkPage, ['.check-head', '.check-lead']),
  cover: firstScreenOf(`${tokens}${profilePage}`, ['.profile-cover']),
} as const;

export type FirstScreen = keyof typeof firstScreens;

function firstScreen(ofItsPages: string, selectors: readonly string[], besides = ''): string {
  const sheet = [tokens, base, pages, ofItsPages, printedPages].join('\n');
  return firstScreenOf(sheet, [...everywhere, ...selectors]) + compact(`${awaitedSheet}${besides}`);
}

/** Of a theme's tokens, those that a first screen names. */
function firstOf(theme: Theme): string {
  const named = new Set(Object.values(firstScreens).flatMap((text) => text.match(/--[\w-]+/g) ?? []));
  return rulesOf(themeTokens, [`.theme-${theme}`], (token) => named.has(token));
}

const ofThemes = new Map(themes.slice(1).map((theme) => [theme, firstOf(theme)]));

/** The styles that a page carries itself. All of them are written by the house, and known before anybody asks. */
export function inlineStyles(screens: readonly FirstScreen[], theme: Theme): readonly string[] {
  const ofTheme = screens.length === 0 ? undefined : ofThemes.get(theme);
  return [...screens.map((screen) => firstScreens[screen]), ...(ofTheme === undefined ? [] : [ofTheme])];
}

const all = [...Object.values(firstScreens), ...ofThemes.values()];

/** By which a page's policy allows them, and no other (CSP 3 §2.3.1). */
export const inlineStyleSources: readonly string[] = all.map(
  (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
);

/** Another with every change of how pages look. */
export const looks = createHash('sha256')
  .update([...Object.values(styleSheets).map(({ path }) => path), ...inlineStyleSources].join())
  .digest('base64url');
