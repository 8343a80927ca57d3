import { readFile } from 'node:fs/promises';
import type { TestInfo } from '@playwright/test';
import { seeText, type Tab } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { type HostileIssuer, offerTag } from './issuers/hostile.ts';
import { findings } from './world/axe.ts';
import { openDetail } from './world/detail.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';
import { verdictOnFile } from './world/verify-file.ts';

async function claimHosted(browser: ChromiumBrowser, hostile: HostileIssuer, name: string): Promise<void> {
  const badge = serveHostedBadge(hostile, '/badge', { name, issuer: 'The Old Academy' });
  await claimFrom(browser, hostile.page('/', { head: offerTag(badge) }));
}

/** The picture of the JavaScript badge, from where its class says that it lies. */
async function pictureOf(school: string): Promise<Buffer> {
  const { image } = (await (await fetch(`${school}/classes/javascript`)).json()) as {
    readonly image: string | { readonly id: string };
  };
  const answer = await fetch(typeof image === 'string' ? image : image.id);
  return Buffer.from(await answer.arrayBuffer());
}

/** What "Save picture with badge" hands out. */
async function savedPicture(browser: ChromiumBrowser, name: string) {
  const detail = await openDetail(browser, name);
  const [download] = await Promise.all([
    browser.pageOf(detail).waitForEvent('download'),
    detail.click('button', 'Save picture with badge'),
  ]);
  const path = await download.path();
  return { name: download.suggestedFilename(), path, bytes: await readFile(path) };
}

/** The detail as it is seen in light, in dark, on a small phone, and at 200 % zoom; each without a finding of axe. */
async function readsWellEverywhere(
  browser: ChromiumBrowser,
  tab: Tab,
  name: string,
  info: TestInfo,
): Promise<void> {
  const page = browser.pageOf(tab);
  for (const { look, width, scheme } of [
    { look: 'light', width: 1200, scheme: 'light' },
    { look: 'dark', width: 1200, scheme: 'dark' },
    { look: 'narrow', width: 320, scheme: 'light' },
    { look: 'zoomed', width: 600, scheme: 'light' },
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    expect(await findings(page, scheme), `${name}, ${look}`).toEqual([]);
    await tab.screenshot(info.outputPath(`${name}-${look}.png`));
    const overflow = await tab.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(Number(overflow), `${name} is wider than its page, ${look}`).toBeLessThanOrEqual(0);
  }
}

test('checking again says in words what the issuer has changed since the claim, up to the badge being gone', async ({
  launchChromium,
  hostile,
}, info) => {
  const browser = await launchChromium();
  await claimHosted(browser, hostile, 'Changed later');
  const detail = await openDetail(browser, 'Changed later');
  await detail.click('button', 'Check again');
  // The twin: nothing has changed so far.
  await seeText(detail, /Nothing has changed since/);
  await readsWellEverywhere(browser, detail, 'valid', info);

  serveHostedBadge(hostile, '/badge', {
    name: 'Changed later',
    issuer: 'The New Academy',
    description: 'Another text.',
  });
  await detail.click('button', 'Check again');
  await seeText(detail, [
    'What has changed since',
    'The issuer calls itself “The New Academy” now. Before, it was “The Old Academy”.',
    'The issuer has changed the description of the badge.',
  ]);

  hostile.file('/badge', '<h1>Gone</h1>', 'text/html', 410);
  await detail.click('button', 'Check again');
  await seeText(detail, [
    'The issuer now says that this badge is gone for good.',
    'Revoked',
    'Changed later',
  ]);
  await readsWellEverywhere(browser, detail, 'revoked', info);
});

test('a badge whose issuer does not answer any more says when it was verified; its documents can be saved', async ({
  launchChromium,
  hostile,
}, info) => {
  const browser = await launchChromium();
  await claimHosted(browser, hostile, 'Older than its issuer');
  const served = Buffer.from(await (await fetch(`${hostile.origin}/badge.class`)).arrayBuffer());
  const detail = await openDetail(browser, 'Older than its issuer');
  for (const path of ['/badge', '/badge.class', '/badge.issuer']) hostile.bad(path, 'fails');
  await detail.click('button', 'Check again');
  await seeText(detail, ['cannot be asked again', /Checked on \d/]);
  await readsWellEverywhere(browser, detail, 'issuer-gone', info);

  const page = browser.pageOf(detail);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    detail.click('button', `Save this document, ${hostile.origin}/badge.class`),
  ]);
  expect(await readFile(await download.path())).toEqual(served);
});

test('the picture is saved with the badge in it, and verifies; a picture that cannot hold one says so', async ({
  launchChromium,
  school,
  hostile,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', 'anna@example.org'));
  const hosted = await savedPicture(browser, 'JavaScript');
  expect(hosted.name).toBe('JavaScript.png');
  const picture = await pictureOf(school.origin);
  const baked = hosted.bytes;
  const keyword = baked.indexOf(Buffer.from('iTXtopenbadges\0', 'latin1'));
  expect(keyword).toBeGreaterThan(0);
  const chunk = { start: keyword - 4, end: keyword - 4 + 12 + baked.readUInt32BE(keyword - 4) };
  expect(baked.subarray(chunk.start, chunk.end).toString('utf8')).toMatch(/"type": ?"Assertion"/);
  // Every other byte of the picture stays.
  expect(Buffer.concat([baked.subarray(0, chunk.start), baked.subarray(chunk.end)])).toEqual(picture);
  expect(await verdictOnFile(hosted.path, school.origin)).toBe('valid');

  await claimFrom(browser, await givePeerBadge(school, 'good-teammate', 'anna@example.org'));
  const token = await savedPicture(browser, 'Good Teammate');
  expect(token.name).toBe('Good-Teammate.svg');
  expect(token.bytes.toString('utf8')).toMatch(
    /<svg xmlns:openbadges="[^"]+ob\/v3p0"[^>]*><openbadges:credential verify="/,
  );
  expect(await verdictOnFile(token.path, school.origin)).toBe('valid');

  await claimHosted(browser, hostile, 'In a GIF');
  const other = await openDetail(browser, 'In a GIF');
  await other.click('button', 'Save picture with badge');
  await seeText(other, 'that takes a PNG or an SVG');
});
