import { seeText, type Tab } from '../e2e/browsers/browser.ts';
import { serveHostedBadge } from '../e2e/issuers/hosted-badge.ts';
import { startHostileIssuer } from '../e2e/issuers/hostile.ts';
import { startCompanion } from '../e2e/world/companion.ts';
import { earnBadge, fileOf, offerOn } from '../e2e/world/learner.ts';
import { nameHost } from '../e2e/world/named-hosts.ts';
import { type PlainBrowser, plainChromium } from '../e2e/world/plain-browser.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { arabicWish } from './published-badges.ts';
import {
  byName,
  publicSizes,
  serverName,
  startNamedSchool,
  takePictures,
  takePrinted,
} from './take-pictures.ts';

/** Pictures of the pages that anybody sees, in a browser without the extension. */
export async function takePublicPages(folder: string): Promise<void> {
  const school = await startNamedSchool();
  const quiet = await startHostileIssuer();
  const origin = nameHost('quiet.example', quiet.port);
  const companion = await startCompanion([school.origin, origin], { name: serverName });
  const stranger = await plainChromium(byName());
  const pictures = (tab: Tab, name: string) =>
    takePictures(stranger, folder, tab, name, publicSizes, 'stays');
  try {
    const tab = await stranger.open(`${companion.origin}/check`);
    await seeText(tab, 'Choose a file');
    await pictures(tab, 'check');
    const award = await earnBadge(school, 'javascript', 'anna@example.org');
    await give(stranger, tab, 'javascript.png', await fileOf(award));
    await pictures(tab, 'check-valid');
    await takePrinted(stranger, folder, tab, 'check-valid');
    await give(stranger, tab, 'arabic.json', (await buildBadge(arabicWish())).bytes);
    await pictures(tab, 'check-right-to-left');
    const forged = await buildBadge({ forgery: 'byte-changed' });
    await give(stranger, tab, 'changed.json', forged.bytes);
    await pictures(tab, 'check-not-valid');
    await tab.fill('textbox', 'Address of a badge', serveHostedBadge(quiet, '/badges/1', { origin }));
    await tab.click('button', 'Check this address');
    await seeText(tab, 'According to this server');
    await pictures(tab, 'check-relayed');
    await tab.goto(`${companion.origin}/claim#${await offerOn(award)}`);
    await seeText(tab, 'How to keep it');
    await pictures(tab, 'claim');
    await tab.click('button', 'See what it is');
    await seeText(tab, ': Checked.');
    await pictures(tab, 'claim-seen');
    await takePrinted(stranger, folder, tab, 'claim-seen');
    await tab.goto(`${companion.origin}/`);
    await pictures(tab, 'home');
  } finally {
    await stranger.close();
    await companion.remove();
    await quiet.close();
    await school.close();
  }
}

async function give(browser: PlainBrowser, tab: Tab, name: string, bytes: Uint8Array): Promise<void> {
  const page = browser.pageOf(tab);
  await page.locator('input[type=file]').setInputFiles({
    name,
    mimeType: name.endsWith('.png') ? 'image/png' : 'application/json',
    buffer: Buffer.from(bytes),
  });
  await seeText(tab, `${name}: `);
}
