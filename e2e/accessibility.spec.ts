import { seeText, until } from './browsers/browser.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { offerTag } from './issuers/hostile.ts';
import { findings } from './world/axe.ts';
import { focused, overflows, tabTo } from './world/keyboard.ts';
import { claimFrom, earnBadge, untilLookedAt, visit } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the popup can be used by everybody in each of its states, ${colorScheme}`, async ({
    launchChromium,
    hostile,
  }) => {
    const browser = await launchChromium();
    const states: readonly (readonly [number, string, string])[] = [
      [0, hostile.page('/none', {}), 'No badges on this page'],
      [1, hostile.page('/good-page', { head: offerTag(serveHostedBadge(hostile, '/good')) }), 'Claim badge'],
      [
        4,
        hostile.page('/several', {
          head:
            offerTag(serveHostedBadge(hostile, '/one', { name: 'One' })) +
            offerTag(serveHostedBadge(hostile, '/two', { name: 'Two' })) +
            offerTag(hostile.bad('/missing', 'missing')) +
            offerTag(serveHostedBadge(hostile, '/elsewhere', { id: `${hostile.origin}/nowhere` })),
        }),
        'Claim all',
      ],
    ];
    for (const [offers, address, wanted] of states) {
      const page = await browser.open(address);
      const popup = await browser.openPopup(page);
      await seeText(popup, wanted);
      await untilLookedAt(popup, offers);
      expect(await findings(browser.pageOf(popup), colorScheme)).toEqual([]);
      if (wanted === 'Claim badge') {
        await popup.click('button', 'Claim badge');
        await seeText(popup, 'In your backpack');
        expect(await findings(browser.pageOf(popup), colorScheme)).toEqual([]);
      }
      await popup.close();
      await page.close();
    }
  });

  test(`the backpack can be used by everybody in each of its places, ${colorScheme}`, async ({
    launchChromium,
    school,
  }) => {
    const browser = await launchChromium();
    const backpack = await browser.openPage('backpack/index.html');
    const page = browser.pageOf(backpack);
    await seeText(backpack, 'Your first badge will lie here');
    expect(await findings(page, colorScheme)).toEqual([]);
    await claimFrom(browser, await earnBadge(school, 'javascript', anna));
    await claimFrom(browser, await earnBadge(school, 'php', anna));
    await seeText(backpack, ['2 badges', 'JavaScript', 'PHP']);
    // Each with what stands in it once all of it is drawn.
    for (const [place, wanted] of [
      ['', ['2 badges', 'JavaScript', 'PHP']],
      ['import', 'Nothing has been imported in this visit.'],
      ['collections', 'You have no collection yet.'],
      // Which of the two depends on whether the build under test was given a server to begin with.
      ['sharing', /Choose one in the settings|Make a recovery code/],
      ['addresses', 'No address yet.'],
      ['trash', 'The trash is empty.'],
      ['settings', ['Save everything', 'Only in this browser']],
    ] as const) {
      await page.goto(`${browser.extensionOrigin()}/backpack/index.html#/${place}`);
      await seeText(backpack, wanted);
      expect({ place, found: await findings(page, colorScheme) }).toEqual({ place, found: [] });
    }
    await page.goto(`${browser.extensionOrigin()}/backpack/index.html#/`);
    await page
      .getByRole('link', { name: /JavaScript/ })
      .first()
      .click();
    await seeText(backpack, 'What the check rested on');
    expect(await findings(page, colorScheme)).toEqual([]);
  });
}

test('axe does find what is wrong, so that its silence means something', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const tab = await browser.open(
    hostile.page('/', {
      body: '<img src="/x.png"><button></button><p style="color: #ccc; background: #fff">Faint</p>',
    }),
  );
  const found = await findings(browser.pageOf(tab));
  expect(found.join('\n')).toMatch(/image-alt/);
  expect(found.join('\n')).toMatch(/button-name/);
  expect((await findings(browser.pageOf(tab), 'dark')).join('\n')).toMatch(/color-contrast/);
});

test('a badge is claimed, found and its undo reached with the keyboard alone', async ({
  launchChromium,
  school,
}) => {
  const browser = await launchChromium();
  const page = await visit(browser, await earnBadge(school, 'javascript', anna), '1');
  const popup = await browser.openPopup(page);
  await seeText(popup, 'Claim badge');
  await tabTo(popup, 'Claim badge');
  const outline = 'getComputedStyle(document.activeElement).outlineStyle';
  await until('the focus is seen', async () => (await popup.evaluate(outline)) !== 'none');
  await popup.press('Enter');
  await seeText(popup, 'In your backpack');
  // The pressed button is gone; the focus is on what takes its place and not lost.
  await until('Undo has the focus', async () => (await focused(popup)).startsWith('Undo'));
  await tabTo(popup, 'Open backpack');

  const backpack = await browser.openPage('backpack/index.html');
  await seeText(backpack, '1 badge');
  const searchHasFocus = async () => {
    const label = await backpack.evaluate(
      'document.activeElement.labels?.[0]?.textContent ?? document.activeElement.ariaLabel',
    );
    return String(label).includes('Search badges');
  };
  await until('the search has the focus', async () => {
    await backpack.press('/');
    return searchHasFocus();
  });
  for (const letter of 'script') await backpack.press(letter);
  await seeText(backpack, '1 badge found');
});

test('popup and backpack fit a narrow window and text of double size', async ({ launchChromium, school }) => {
  const browser = await launchChromium();
  const page = await visit(browser, await earnBadge(school, 'javascript', anna), '1');
  const popup = await browser.openPopup(page);
  await seeText(popup, 'Claim badge');
  const backpack = await browser.openPage('backpack/index.html');
  await seeText(backpack, 'Your first badge will lie here');
  for (const tab of [popup, backpack]) {
    const shown = browser.pageOf(tab);
    await shown.setViewportSize({ width: 320, height: 640 });
    expect(await overflows(tab)).toBe(false);
    // 200 % zoom of a 1280 px window leaves 640 px; the text doubles with it.
    await shown.setViewportSize({ width: 640, height: 400 });
    expect(await overflows(tab)).toBe(false);
  }
});
