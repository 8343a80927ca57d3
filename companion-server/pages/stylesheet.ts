import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import badgeCard from '../../shared/components/badge-card.css?inline';
import badgeFacts from '../../shared/components/badge-facts.css?inline';
import badgePicture from '../../shared/components/badge-picture.css?inline';
import base from '../../shared/components/base.css?inline';
import checkList from '../../shared/components/check-list.css?inline';
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
import badgePage from './badge-page.css?inline';
import checkPage from './check-page.css?inline';
import homePage from './home-page.css?inline';
import { markShapes } from './mark-shapes.tsx';
import pages from './pages.css?inline';
import printedPages from './printed-pages.css?inline';
import profilePage from './profile-page.css?inline';

// The pages' one stylesheet: the components' own files, in the order of their layers.
const text = [
  tokens,
  themeTokens,
  base,
  icon,
  badgePicture,
  issuerLine,
  verdictMark,
  badgeCard,
  markShapes.css,
  formattedText,
  evidenceList,
  dropTarget,
  resultTable,
  qrCode,
  badgeFacts,
  checkList,
  pages,
  profilePage,
  badgePage,
  checkPage,
  homePage,
  printedPages,
]
  .join('\n')
  .trim();
const hash = createHash('sha256').update(text).digest('base64url');

/** The stylesheet under an address made of its content, so that it may be kept for ever. */
export const stylesheet = {
  path: `/assets/${hash}.css`,
  fileName: `${hash}.css`,
  hash,
  text,
  asset: {
    mediaType: 'text/css; charset=utf-8',
    plain: text,
    zipped: new Uint8Array(gzipSync(text, { level: 9 })),
  },
} as const;
