import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import badgeCard from '../../shared/components/badge-card.css?inline';
import badgeFacts from '../../shared/components/badge-facts.css?inline';
import badgePicture from '../../shared/components/badge-picture.css?inline';
import base from '../../shared/components/base.css?inline';
import checkList from '../../shared/components/check-list.css?inline';
import controls from '../../shared/components/controls.css?inline';
import dropTarget from '../../shared/components/drop-target.css?inline';
import evidenceList from '../../shared/components/evidence-list.css?inline';
import formattedText from '../../shared/components/formatted-text.css?inline';
import icon from '../../shared/components/icon.css?inline';
import issuerLine from '../../shared/components/issuer-line.css?inline';
import qrCode from '../../shared/components/qr-code.css?inline';
import resultTable from '../../shared/components/result-table.css?inline';
import themeTokens from '../../shared/components/theme-tokens.css?inline';
import tokens from '../../shared/components/tokens.css?inline';
import verdictMark from '../../shared/components/verdict-mark.css?inline';
import type { Asset } from './asset.ts';
import badgePage from './badge-page.css?inline';
import checkPage from './check-page.css?inline';
import homePage from './home-page.css?inline';
import { markShapes } from './mark-shapes.tsx';
import pageFoot from './page-foot.css?inline';
import pages from './pages.css?inline';
import printedPages from './printed-pages.css?inline';
import profilePage from './profile-page.css?inline';

const badgeParts = [
  icon,
  badgePicture,
  issuerLine,
  verdictMark,
  formattedText,
  evidenceList,
  resultTable,
  badgeFacts,
  checkList,
];

/** The style sheet of each kind of page: the components' own files, in the order of their layers. */
export const styleSheets = {
  /** profiles and collections */
  profile: sheetOf(
    [themeTokens, base, badgePicture, verdictMark, badgeCard, markShapes.css, qrCode],
    [profilePage],
  ),
  badge: sheetOf([themeTokens, base, controls, ...badgeParts, qrCode], [badgePage]),
  check: sheetOf([base, controls, ...badgeParts, dropTarget], [badgePage, checkPage]),
  /** all others */
  plain: sheetOf([base, controls], [homePage]),
} as const;

export type PageKind = keyof typeof styleSheets;

export type StyleSheet = {
  readonly path: string;
  readonly fileName: string;
  readonly text: string;
  readonly asset: Asset;
};

/** A sheet under an address made of its content, so that it may be kept for ever. */
function sheetOf(components: readonly string[], ofItsPages: readonly string[]): StyleSheet {
  const text = [tokens, ...components, pages, pageFoot, ...ofItsPages, printedPages].join('\n').trim();
  const fileName = `${createHash('sha256').update(text).digest('base64url').slice(0, 22)}.css`;
  const zipped = new Uint8Array(gzipSync(text, { level: 9 }));
  return {
    path: `/assets/${fileName}`,
    fileName,
    text,
    asset: { mediaType: 'text/css; charset=utf-8', plain: text, zipped },
  };
}
