import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seeText, until } from '../e2e/browsers/browser.ts';
import { type ChromiumBrowser, launchChromium } from '../e2e/browsers/chromium.ts';
import { serveHostedBadge } from '../e2e/issuers/hosted-badge.ts';
import { type HostileIssuer, offerTag, startHostileIssuer } from '../e2e/issuers/hostile.ts';
import type { School } from '../e2e/issuers/school.ts';
import { openBackpack } from '../e2e/world/account.ts';
import { openDetail } from '../e2e/world/detail.ts';
import { claimFrom, earnBadge, introduce, visit } from '../e2e/world/learner.ts';
import { nameHost } from '../e2e/world/named-hosts.ts';
import { buildBadge, jsonOf } from '../shared/testing/build-badge.ts';
import {
  type About,
  byName,
  pageSizes,
  popupSizes,
  startNamedSchool,
  takePictures,
} from './take-pictures.ts';

const anna = 'anna@example.org';

type World = {
  readonly browser: ChromiumBrowser;
  readonly school: School;
  readonly other: HostileIssuer;
  /** the public origin of the other issuer */
  readonly academy: string;
  readonly folder: string;
};

/** Pictures of popup, backpack and import, of what needs no server. */
export async function takeLearner(folder: string): Promise<void> {
  const school = await startNamedSchool();
  const other = await startHostileIssuer();
  const academy = nameHost('academy.example', other.port);
  const browser = await launchChromium(byName());
  try {
    await takeAll({ browser, school, other, academy, folder });
  } finally {
    await browser.close();
    await school.close().catch(() => undefined);
    await other.close();
  }
}

async function takeAll(world: World): Promise<void> {
  const { browser, school, other } = world;
  await takeEmptyPlaces(world);
  await takePopup(world, 'none', named(other.page('/empty', {}), world), /No badges/);
  await introduce(browser, school, anna);
  const javascript = await earnBadge(school, 'javascript', anna);
  await takePopup(world, 'unmatched', javascript, 'Add the address it was issued to');
  await addAddress(browser);
  await takePopup(world, 'one', javascript, 'Claim badge');
  await takePopup(world, 'several', severalOffers(world), 'Sails');
  await takePopup(world, 'open-day', `${school.origin}/open-day`, 'Claim all');
  for (const slug of ['revoked', 'expired', 'someone-elses', 'server-error', 'page-instead'])
    await takePopup(world, slug, `${school.origin}/gallery/${slug}`, /\w/);
  await takeClaimed(world, javascript);
  await takePopup(world, 'already', javascript, 'Already in your backpack');
  for (const slug of ['revoked', 'tampered']) await keepUnverified(world, slug);
  await takeDetail(world, 'valid', 'JavaScript');
  await takeDetail(world, 'revoked', 'PHP');
  await takeDetail(world, 'tampered', 'Doctor of Everything');
  await school.close();
  await takeDetail(world, 'issuer-gone', 'JavaScript', 'Check again');
  await takeImport(world);
  await claimFrom(browser, named(other.page('/long', { head: offerTag(longBadge(world)) }), world));
  await takeDetail(world, 'long', 'Sustained');
  const grid = await openBackpack(browser);
  await seeText(grid, /\d badges/);
  await take(world, grid, 'grid', pageSizes, 'stays');
  await grid.fill('searchbox', 'Search badges', 'zither');
  await seeText(grid, 'No badge fits');
  await take(world, grid, 'search-without-result', pageSizes);
  await takeTrash(world);
}

/** Places that nothing is in yet. */
async function takeEmptyPlaces(world: World): Promise<void> {
  const places = {
    '': 'Your first badge will lie here',
    trash: 'The trash is empty.',
    addresses: 'No address yet.',
    sharing: 'Sharing needs a server',
  } as const;
  for (const [place, wanted] of Object.entries(places)) {
    const tab = await openBackpack(world.browser, place);
    await seeText(tab, wanted);
    await take(world, tab, `empty-${place === '' ? 'backpack' : place}`, pageSizes);
  }
}

async function addAddress(browser: ChromiumBrowser): Promise<void> {
  const tab = await openBackpack(browser, 'addresses');
  await tab.fill('textbox', 'Address', anna);
  await tab.click('button', 'Add address');
  await seeText(tab, 'was added');
  await tab.close();
}

function longBadge({ other, academy }: World): string {
  return serveHostedBadge(other, '/long-badge', {
    origin: academy,
    name: 'Sustained and Outstanding Contribution to the Documentation of Interoperable Credential Ecosystems',
    issuer: 'The International Academy for Lifelong Learning, Recognition and Donaudampfschifffahrt',
    description: `What it says goes on for a while. ${'It was given for work that others could build on. '.repeat(12)}`,
    narrative: 'She kept the minutes of forty meetings, and nobody has asked twice what was decided.',
  });
}

function severalOffers(world: World): string {
  const { other, academy: origin } = world;
  const head = [
    serveHostedBadge(other, '/knots', { origin, name: 'Knots and Splices', issuer: 'The Academy' }),
    longBadge(world),
    named(other.bad('/missing', 'missing'), world),
    serveHostedBadge(other, '/elsewhere', { origin, name: 'Sails', id: `${origin}/nowhere` }),
  ];
  return named(other.page('/several', { head: head.map((address) => offerTag(address)).join('') }), world);
}

/** An address of the other issuer under its public name. */
function named(address: string, { other, academy }: World): string {
  return address.replace(other.origin, academy);
}

async function takePopup(
  world: World,
  name: string,
  address: string,
  wanted: string | RegExp,
): Promise<void> {
  const { browser } = world;
  const page = await browser.open(address);
  const popup = await browser.openPopup(page);
  await seeText(popup, wanted);
  await until('everything is looked at', async () => !(await popup.text()).includes('Being checked'));
  await take(world, popup, `popup-${name}`, popupSizes);
  await page.close();
}

async function keepUnverified(world: World, slug: string): Promise<void> {
  const { browser, school } = world;
  const page = await visit(browser, `${school.origin}/gallery/${slug}`, '1');
  const popup = await browser.openPopup(page);
  await popup.click('button', 'Keep as unverified');
  await take(world, popup, `popup-asks-${slug}`, popupSizes, 'stays');
  await popup.click('button', 'Keep it anyway');
  await seeText(popup, 'Kept as unverified');
  await take(world, popup, `popup-kept-${slug}`, popupSizes);
  await page.close();
}

async function takeImport(world: World): Promise<void> {
  const { browser, folder } = world;
  const tab = await openBackpack(browser, 'import');
  await take(world, tab, 'import-empty', pageSizes, 'stays');
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
  await take(world, tab, 'import', pageSizes);
}

async function takeDetail(world: World, name: string, badge: string, press?: string): Promise<void> {
  const tab = await openDetail(world.browser, badge);
  if (press !== undefined) {
    await tab.click('button', press);
    await seeText(tab, 'does not answer');
    // what was just said floats over the page
    await tab.click('button', 'Close');
  }
  await take(world, tab, `detail-${name}`, pageSizes);
}

/** What the popup says right after the press, with the way back. */
async function takeClaimed(world: World, address: string): Promise<void> {
  const { browser } = world;
  const page = await visit(browser, address, '1');
  const popup = await browser.openPopup(page);
  await popup.click('button', 'Claim badge');
  await seeText(popup, ['In your backpack', 'Undo']);
  await take(world, popup, 'popup-claimed', popupSizes);
  await page.close();
}

/** A badge that was removed: what is said at once, and the trash. */
async function takeTrash(world: World): Promise<void> {
  const tab = await openDetail(world.browser, 'Doctor of Everything');
  await tab.click('button', 'Remove');
  await seeText(tab, 'was moved to the trash.');
  await take(world, tab, 'removed', pageSizes);
  const trash = await openBackpack(world.browser, 'trash');
  await seeText(trash, 'Doctor of Everything');
  await take(world, trash, 'trash', pageSizes);
}

function take({ browser, folder }: World, ...about: About): Promise<void> {
  return takePictures(browser, folder, ...about);
}
