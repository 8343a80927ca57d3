import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seeText, until } from '../e2e/browsers/browser.ts';
import { launchChromium } from '../e2e/browsers/chromium.ts';
import { serveHostedBadge } from '../e2e/issuers/hosted-badge.ts';
import { offerTag, startHostileIssuer } from '../e2e/issuers/hostile.ts';
import { startSchool } from '../e2e/issuers/school.ts';
import { openDetail } from '../e2e/world/detail.ts';
import { claimFrom, earnBadge, introduce, visit } from '../e2e/world/learner.ts';
import { buildBadge, jsonOf } from '../shared/testing/build-badge.ts';
import { build } from './build.ts';
import { takeCollections } from './collection-screenshots.ts';
import { takePublicPages } from './page-screenshots.ts';
import { takeProfiles } from './profile-screenshots.ts';
import { takeServerPlaces } from './server-screenshots.ts';
import { type About, pageSizes, popupSizes, takePictures } from './take-pictures.ts';

/*
 * Pictures of what a learner sees, in the real browser with real badges: in light and dark, on a wide window, on a
 * small phone and at double size. All lie in `test-results/screenshots`; with the word `docs` the few that the
 * documentation keeps are replaced as well.
 */
const root = join(import.meta.dirname, '..');
const folder = join(root, 'test-results', 'screenshots');
const docsFolder = join(root, 'docs', 'screenshots');
const inDocs = [
  'detail-valid-wide-light',
  'detail-valid-wide-dark',
  'detail-valid-narrow-light',
  'detail-revoked-wide-light',
  'detail-tampered-wide-dark',
  'detail-issuer-gone-wide-light',
  'profile-desktop-light',
  'profile-phone-dark',
  'profile-printed',
  'collection-desktop-light',
  'badge-valid-desktop-light',
  'badge-revoked-desktop-dark',
  'badge-issuer-gone-phone-light',
  'right-to-left-badge-phone-light',
  'badge-valid-printed',
  'right-to-left-profile-desktop-light',
  'check-desktop-light',
  'check-valid-desktop-light',
  'claim-seen-phone-light',
  'home-desktop-light',
];
const anna = 'anna@example.org';
const backpack = 'backpack/index.html';

await build(['chromium', 'server']);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
// Badges name a school with a public name, so that the pictures of two runs differ in their dates alone.
const school = await startSchool({ port: 0, origin: 'http://school.example' });
const other = await startHostileIssuer();
const browser = await launchChromium({
  hosts: { 'school.example': school.port, 'academy.example': other.port },
});
try {
  await takeProfiles(folder);
  await takePublicPages(folder);
  await takeServerPlaces(folder);
  await takeCollections(folder);
  await takeAll();
  if (process.argv.includes('docs')) {
    await mkdir(docsFolder, { recursive: true });
    for (const name of inDocs) await cp(join(folder, `${name}.png`), join(docsFolder, `${name}.png`));
  }
  console.log(`Saved in ${folder}.`);
} finally {
  await browser.close();
  await school.close().catch(() => undefined);
  await other.close();
}

async function takeAll(): Promise<void> {
  await takePopup('none', other.page('/empty', {}), /No badges/);
  await introduce(browser, school, anna);
  await addAddress();
  const local = `http://localhost:${school.port}`;
  const javascript = (await earnBadge({ ...school, origin: local }, 'javascript', anna)).replace(
    local,
    school.origin,
  );
  await takePopup('one', javascript, 'Claim badge');
  await takePopup('several', severalOffers(), 'Sails');
  await takePopup('open-day', `${school.origin}/open-day`, 'Claim all');
  for (const slug of ['revoked', 'expired', 'someone-elses', 'server-error', 'page-instead'])
    await takePopup(slug, `${school.origin}/gallery/${slug}`, /\w/);
  await claimFrom(browser, javascript);
  await takePopup('already', javascript, 'Already in your backpack');
  for (const slug of ['revoked', 'tampered']) await keepUnverified(`${school.origin}/gallery/${slug}`);
  await takeDetail('valid', 'JavaScript');
  await takeDetail('revoked', 'PHP');
  await takeDetail('tampered', 'Doctor of Everything');
  await school.close();
  await takeDetail('issuer-gone', 'JavaScript', 'Check again');
  await takeImport();
  await claimFrom(browser, other.page('/long', { head: offerTag(longBadge()) }));
  await takeDetail('long', 'Sustained');
  const grid = await browser.openPage(backpack);
  await seeText(grid, /\d badges/);
  await take(grid, 'grid', pageSizes);
}

async function addAddress(): Promise<void> {
  const tab = await browser.openPage(`${backpack}#/addresses`);
  await tab.fill('textbox', 'Address', anna);
  await tab.click('button', 'Add address');
  await seeText(tab, 'was added');
  await tab.close();
}

function longBadge(): string {
  return serveHostedBadge(other, '/long-badge', {
    origin: 'http://academy.example',
    name: 'Sustained and Outstanding Contribution to the Documentation of Interoperable Credential Ecosystems',
    issuer: 'The International Academy for Lifelong Learning, Recognition and Donaudampfschifffahrt',
    description: `What it says goes on for a while. ${'It was given for work that others could build on. '.repeat(12)}`,
    narrative: 'She kept the minutes of forty meetings, and nobody has asked twice what was decided.',
  });
}

function severalOffers(): string {
  const origin = 'http://academy.example';
  return other
    .page('/several', {
      head: [
        serveHostedBadge(other, '/knots', { origin, name: 'Knots and Splices', issuer: 'The Academy' }),
        longBadge(),
        other.bad('/missing', 'missing').replace(other.origin, origin),
        serveHostedBadge(other, '/elsewhere', { origin, name: 'Sails', id: `${origin}/nowhere` }),
      ]
        .map((address) => offerTag(address))
        .join(''),
    })
    .replace(other.origin, origin);
}

async function takePopup(name: string, address: string, wanted: string | RegExp): Promise<void> {
  const page = await browser.open(address);
  const popup = await browser.openPopup(page);
  await seeText(popup, wanted);
  await until('everything is looked at', async () => !(await popup.text()).includes('Being checked'));
  await take(popup, `popup-${name}`, popupSizes);
  await page.close();
}

async function keepUnverified(address: string): Promise<void> {
  const page = await visit(browser, address, '1');
  const popup = await browser.openPopup(page);
  await popup.click('button', 'Keep as unverified');
  await take(popup, `popup-asks-${address.split('/').at(-1)}`, popupSizes, 'stays');
  await popup.click('button', 'Keep it anyway');
  await seeText(popup, 'Kept as unverified');
  await take(popup, `popup-kept-${address.split('/').at(-1)}`, popupSizes);
  await page.close();
}

async function takeImport(): Promise<void> {
  const tab = await browser.openPage(`${backpack}#/import`);
  await take(tab, 'import-empty', pageSizes, 'stays');
  const paste = async (text: string): Promise<void> => {
    await tab.fill('textbox', 'Badge text', text);
    await tab.click('button', 'Import text');
  };
  const good = jsonOf(await buildBadge({ name: 'Knots' }));
  await paste(JSON.stringify(good));
  await paste(JSON.stringify(good));
  await paste(JSON.stringify(jsonOf(await buildBadge({ name: 'Sails', forgery: 'byte-changed' }))));
  await paste(
    JSON.stringify({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: 'VerifiablePresentation',
      verifiableCredential: [jsonOf(await buildBadge({ name: 'Tides' })), good],
    }),
  );
  const file = join(folder, 'holiday-photographs-of-last-summer-in-the-harbour.json');
  await writeFile(file, '{"this is": "no badge"}');
  await tab.giveFile(file);
  await tab.fill('textbox', 'Address of a badge', 'http://academy.example/missing');
  await tab.click('button', 'Import from address');
  await until('everything is read', async () => !(await tab.text()).includes('Being read'));
  await seeText(tab, 'academy.example/missing');
  await rm(file);
  await take(tab, 'import', pageSizes);
}

async function takeDetail(name: string, badge: string, press?: string): Promise<void> {
  const tab = await openDetail(browser, badge);
  if (press !== undefined) {
    await tab.click('button', press);
    await seeText(tab, 'does not answer');
    // what was just said floats over the page
    await tab.click('button', 'Close');
  }
  await take(tab, `detail-${name}`, pageSizes);
}

function take(...about: About): Promise<void> {
  return takePictures(browser, folder, ...about);
}
