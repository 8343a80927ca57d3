import type { Page } from '@playwright/test';
import { seeText, type Tab, until } from './browsers/browser.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { findings } from './world/axe.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { publish, toWhatBecomesReadable, unlockUntilSaid } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('a learner publishes a profile, a stranger reads it without the extension, and it goes away again', async ({
  launchChromium,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', anna));
  await claimFrom(browser, await givePeerBadge(school, 'peer-mentor', anna));
  await claimFrom(browser, await earnBadge(school, 'php', anna));
  const code = await makeAccount(browser, companion);
  const address = `${companion.origin}/@anna-builds`;
  expect((await fetch(address)).status).toBe(404);

  const sharing = await openBackpack(browser, 'sharing');
  const about = 'I make pages that everybody can use.';
  await toWhatBecomesReadable(sharing, { badges: ['JavaScript', 'Peer Mentor'], about });
  const readable = await seeText(sharing, [address, 'JavaScript', 'Peer Mentor']);
  expect(readable).not.toContain('PHP');
  await publish(sharing, code, 2);

  const stranger = await plainChromium();
  try {
    const profile = await stranger.open(address);
    await seeText(profile, ['Anna Builds', about, 'JavaScript', 'Peer Mentor', new URL(school.origin).host]);
    // What was not chosen is nowhere, and neither is the learner's address.
    const source = await (await fetch(address)).text();
    const data = await (await fetch(`${address}.json`)).text();
    for (const text of [source, data]) {
      expect(text).not.toContain('Greets a visitor by name');
      expect(text).not.toContain(anna);
    }
    await readsWell(stranger.pageOf(profile));
    await profile.click('link', 'JavaScript');
    await seeText(profile, 'Writes a small function that does what was asked');
    const badgeAddress = await profile.address();
    await readsWell(stranger.pageOf(profile));

    // A badge out of the backpack is not off the page, and he is told so where he removes it.
    const removing = await openBackpack(browser);
    await removing.click('link', 'Peer Mentor');
    await removing.click('button', 'Remove');
    await seeText(removing, '“Peer Mentor” was moved to the trash. It is still on your page.');
    await removing.click('link', 'Sharing');
    await seeText(removing, [
      '“Peer Mentor”, removed from your backpack',
      'leaves your page when you publish again',
    ]);
    expect(await (await fetch(address)).text()).toContain('Peer Mentor');
    // The twin: nothing of the kind is said of a badge that nobody sees.
    const trash = await openBackpack(browser, 'trash');
    await trash.click('button', 'Restore Peer Mentor');
    await seeText(trash, 'is back in your backpack');
    await trash.close();
    await removing.goto((await removing.address()).replace(/#.*/, '#/badges'));
    await removing.click('link', 'PHP');
    await removing.click('button', 'Remove');
    const moved = await seeText(removing, '“PHP” was moved to the trash.');
    expect(moved).not.toContain('It is still on your page.');
    await removing.click('button', 'Undo');
    await seeText(removing, '3 badges');
    await removing.close();

    await openUnpublish(sharing);
    await unlockUntilSaid(sharing, code, 'Your page is no longer shown.');
    await until('the profile is gone', async () => (await fetch(address)).status === 404);
    expect((await fetch(badgeAddress)).status).toBe(404);
    expect((await fetch(`${address}.json`)).status).toBe(404);
    // Reloading asks the server again, whatever the visitor's browser has kept.
    await profile.goto(address);
    await profile.reload();
    expect(await seeText(profile, /\S/)).not.toContain('Anna Builds');
  } finally {
    await stranger.close();
  }
  // The badges themselves stay.
  const backpack = await openBackpack(browser);
  await seeText(backpack, '3 badges');
});

/** In light and dark, on a desk and on a small phone. */
async function readsWell(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) expect(await findings(page, colorScheme)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(321);
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function openUnpublish(sharing: Tab): Promise<void> {
  await sharing.click('button', 'Stop showing your page');
  await seeText(sharing, 'The badges stay in your backpack.');
  await sharing.click('button', 'Stop showing');
}
