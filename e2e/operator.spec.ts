import type { Page } from '@playwright/test';
import { seeText, type Tab, until } from './browsers/browser.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { findings } from './world/axe.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { publish, unlockIfAsked } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

test('a page is listed by its owner’s yes, reported, taken down, restored, and found again under a new name', async ({
  launchChromium,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', 'anna@example.org'));
  const code = await makeAccount(browser, companion);
  const address = `${companion.origin}/@anna-builds`;
  const sitemap = async () => (await fetch(`${companion.origin}/sitemap.xml`)).text();

  const sharing = await openBackpack(browser, 'sharing');
  await sharing.click('checkbox', 'JavaScript');
  await sharing.click('button', 'Continue');
  await sharing.fill('textbox', 'Your name', 'Anna Builds');
  await sharing.fill('textbox', 'Name in the address', 'anna-builds');
  const yes = browser.pageOf(sharing).getByRole('checkbox', { name: 'Search engines may list this page' });
  // Nobody is listed who did not say so.
  expect(await yes.isChecked()).toBe(false);
  await readsWell(browser.pageOf(sharing));
  await yes.check();
  await sharing.click('button', 'Continue');
  await seeText(sharing, 'Search engines may list the page, so that it is found without its address');
  await publish(sharing, code, 1);
  await seeText(sharing, 'Search engines may list it.');
  expect(await sitemap()).toContain(`<loc>${address}</loc>`);

  const stranger = await plainChromium();
  try {
    const visit = await stranger.open(address);
    await seeText(visit, 'Anna Builds');
    await visit.click('link', 'Report this page');
    await seeText(visit, address);
    await readsWell(stranger.pageOf(visit));

    expect(await companion.tell('takedown', 'anna-builds')).toContain('is taken down');
    await visit.goto(address);
    await visit.reload();
    await seeText(visit, 'This page was taken down by the operator');
    await readsWell(stranger.pageOf(visit));
    expect(await sitemap()).not.toContain(address);
    // Whoever comes by the link that checks it is told so too, and not that it is mistyped.
    const checking = await stranger.open(`${companion.origin}/check#profile=anna-builds`);
    await seeText(checking, 'Whoever runs this server took this page down.');
    await checking.close();

    await throughSteps(sharing);
    await sharing.click('button', 'Publish 1 badge');
    const isTold = async () =>
      (await sharing.text()).includes('The person who runs your server took your page down.');
    await unlockIfAsked(sharing, code, isTold);
    await readsWell(browser.pageOf(sharing));
    const backpack = await openBackpack(browser);
    await seeText(backpack, '1 badge');

    expect(await companion.tell('restore', 'anna-builds')).toContain('is restored');
    await sharing.click('button', 'Back');
    await sharing.fill('textbox', 'Name in the address', 'anna-writes');
    await sharing.click('button', 'Continue');
    await publish(sharing, code, 1);
    await throughSteps(sharing, async () => {
      await sharing.fill('textbox', 'Name in the address', 'anna-codes');
      await seeText(sharing, '@anna-writes will lead to the new address for 90 days');
    });
    await publish(sharing, code, 1);
    await until(
      'the page has its new address',
      async () => (await fetch(`${companion.origin}/@anna-codes`)).ok,
    );
    await visit.goto(`${companion.origin}/@anna-writes`);
    await seeText(visit, 'Anna Builds');
    expect(await visit.address()).toBe(`${companion.origin}/@anna-codes`);
  } finally {
    await stranger.close();
  }
});

/** From the page that is shown now to the last step before it is published anew. */
async function throughSteps(
  sharing: Tab,
  change: () => Promise<void> = async () => undefined,
): Promise<void> {
  await sharing.click('button', 'Change what is shown');
  await sharing.click('button', 'Continue');
  await change();
  await sharing.click('button', 'Continue');
  await seeText(sharing, 'will be able to read');
}

/** In light and dark, on a desk and on a small phone. */
async function readsWell(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) expect(await findings(page, colorScheme)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(321);
  await page.setViewportSize({ width: 1280, height: 800 });
}
