import type { Page } from '@playwright/test';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { seeText, type Tab } from './browsers/browser.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { offerTag } from './issuers/hostile.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { findings } from './world/axe.ts';
import { claimFrom, earnBadge, untilLookedAt } from './world/learner.ts';
import { unmirrored } from './world/mirror.ts';
import { plainChromium } from './world/plain-browser.ts';
import { publish, toWhatBecomesReadable } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';
const arabic = 'إمكانية الوصول إلى الويب';

/** Turned around, everything stands where its mirror image would, nothing is cut off, and everybody can use it. */
async function turnsAround(page: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1200, 800],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect({ name, width, amiss: await unmirrored(page) }).toEqual({ name, width, amiss: [] });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth + 1'), name).toBe(true);
  }
  expect({ name, found: await findings(page) }).toEqual({ name, found: [] });
  await page.evaluate("document.documentElement.dir = 'ltr'");
  await page.setViewportSize({ width: 1200, height: 800 });
}

test('popup and backpack can be read from right to left', async ({
  launchChromium,
  school,
  hostile,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', anna));
  const offers = ['/one', '/two'].map((path, index) =>
    offerTag(serveHostedBadge(hostile, path, { name: index === 0 ? arabic : 'Sails' })),
  );
  await claimFrom(browser, hostile.page('/first', { head: offers[0] ?? '' }));
  const front = await browser.open(hostile.page('/both', { head: offers.join('') }));
  const popup = await browser.openPopup(front);
  await seeText(popup, 'Claim badge');
  await untilLookedAt(popup, offers.length);
  // The words are English, so the page runs as they do, whatever the browser does.
  expect(await popup.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([
    'en',
    'ltr',
  ]);
  await turnsAround(browser.pageOf(popup), 'popup');

  const code = await makeAccount(browser, companion);
  const backpack = await openBackpack(browser);
  const page = browser.pageOf(backpack);
  await seeText(backpack, ['2 badges', 'JavaScript', arabic]);
  // Each with what stands in it once all of it is drawn.
  for (const [place, wanted] of [
    ['', ['2 badges', 'JavaScript', arabic]],
    ['import', 'Nothing has been imported in this visit.'],
    ['collections', 'You have no collection yet.'],
    ['sharing', ['JavaScript', arabic]],
    ['addresses', 'No address yet.'],
    ['trash', 'The trash is empty.'],
    ['settings', ['Chrome · Linux', 'This browser', 'Save everything', 'See what goes and what stays']],
  ] as const) {
    await page.goto(`${browser.extensionOrigin()}/backpack/index.html#/${place}`);
    await seeText(backpack, wanted);
    await turnsAround(page, `backpack-${place === '' ? 'badges' : place}`);
  }
  // The twin: what is laid out by a side of the screen is found.
  await page.evaluate("document.querySelector('main').style.paddingLeft = '3rem'");
  expect(await unmirrored(page)).not.toEqual([]);
  await page.evaluate("document.querySelector('main').style.paddingLeft = ''");
  await page.goto(`${browser.extensionOrigin()}/backpack/index.html#/`);
  await backpack.click('link', arabic);
  await seeText(backpack, 'What the check rested on');
  await turnsAround(page, 'detail');

  const address = await publishAll(await openBackpack(browser, 'sharing'), code, companion.origin);
  const stranger = await plainChromium();
  try {
    const profile = await stranger.open(address);
    await seeText(profile, 'Sayings');
    await turnsAround(stranger.pageOf(profile), 'profile');
    await profile.click('link', arabic);
    await seeText(profile, 'Check this badge yourself');
    await turnsAround(stranger.pageOf(profile), 'badge');
    const check = await stranger.open(`${companion.origin}/check`);
    await seeText(check, 'The check runs in your browser.');
    await turnsAround(stranger.pageOf(check), 'check');
    const { bytes } = await buildBadge({ name: arabic });
    await stranger
      .pageOf(check)
      .locator('input[type=file]')
      .setInputFiles({ name: 'badge.json', mimeType: 'application/json', buffer: Buffer.from(bytes) });
    await seeText(check, 'badge.json: ');
    await turnsAround(stranger.pageOf(check), 'check-result');
    const claim = await stranger.open(
      `${companion.origin}/claim#${encodeURIComponent(`${school.origin}/x`)}`,
    );
    await seeText(claim, 'How to keep it');
    await turnsAround(stranger.pageOf(claim), 'claim');
    const home = await stranger.open(companion.origin);
    await seeText(home, 'Backpack');
    await turnsAround(stranger.pageOf(home), 'home');
  } finally {
    await stranger.close();
  }
});

async function publishAll(sharing: Tab, code: string, server: string): Promise<string> {
  await toWhatBecomesReadable(sharing, {
    badges: ['JavaScript', arabic],
    name: 'Sayings',
    handle: 'sayings',
  });
  await sharing.click('checkbox', 'Publish my address along with these badges');
  await publish(sharing, code, 2);
  return `${server}/@sayings`;
}
