import { seeCount, seeText, type Tab, until } from './browsers/browser.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { offerTag } from './issuers/hostile.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { focused } from './world/keyboard.ts';
import { claimFrom } from './world/learner.ts';
import { publish, toWhatBecomesReadable, unlockUntilSaid } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

test('a publication that is refused says why and keeps its steps, and the same press publishes once it can', async ({
  launchChromium,
  hostile,
  companion,
}) => {
  const browser = await launchChromium();
  for (const name of ['Shown', 'Told', 'Kept back']) {
    const badge = serveHostedBadge(hostile, `/${name.replace(' ', '-')}`, { name });
    await claimFrom(browser, hostile.page(`/page-of-${name}`.replace(' ', '-'), { head: offerTag(badge) }));
  }
  const code = await makeAccount(browser, companion);

  const sharing = await openBackpack(browser, 'sharing');
  await toWhatBecomesReadable(sharing, {
    badges: ['Shown', 'Told'],
    about: 'I make pages.',
    // Free for anybody to type, and kept back by the server alone.
    handle: 'settings',
  });
  await sharing.click('checkbox', 'Description and result only: Told');
  await sharing.click('checkbox', 'Publish my address along with these badges');
  await sharing.click('button', 'Publish 2 badges');
  // It is said where it can be put right, with the focus there.
  await unlockUntilSaid(sharing, code, 'The name “settings” is taken. Choose another one.');
  await until('the name has the focus', async () => (await focused(sharing)) === 'Name in the address');
  await seeField(sharing, 'share-name', 'Anna Builds');
  await seeField(sharing, 'share-about', 'I make pages.');
  await sharing.fill('textbox', 'Name in the address', 'anna-builds');
  await sharing.click('button', 'Continue');
  expect(await seeText(sharing, ['will be able to read', '“Shown”'])).not.toContain('is taken');
  await sharing.click('checkbox', 'Publish my address along with these badges');

  // The server goes away when all but the signed list has arrived: what is being sent counts as published by then.
  const page = browser.pageOf(sharing);
  await page.route('**/v1/published/manifests/**', async (route) => {
    await companion.kill();
    await route.continue();
  });
  await sharing.click('button', 'Publish 2 badges');
  await seeText(sharing, 'Your server did not answer.');
  await staysAtTheLastStep(sharing);
  expect(await sharing.count('button', 'Change what is shown')).toBe(0);
  await page.unrouteAll({ behavior: 'wait' });

  await companion.start();
  const address = `${companion.origin}/@anna-builds`;
  expect((await fetch(address)).status).toBe(404);
  await publish(sharing, code, 2);
  const shown = await (await fetch(address)).text();
  for (const said of ['Anna Builds', 'I make pages.', 'Shown', 'Told']) expect(shown).toContain(said);
  expect(shown).not.toContain('Kept back');
  // It was said once, where it was; nothing of it is left.
  expect(await seeText(sharing, ['Change what is shown', address])).not.toContain('did not answer');
});

/** Every choice as it was made. */
async function staysAtTheLastStep(sharing: Tab): Promise<void> {
  // Ready to be pressed again.
  await seeCount(sharing, 1, 'button', 'Publish 2 badges');
  await seeText(sharing, '“Shown”');
  await until('the choices stand', async () => String(await checked(sharing)) === 'false,true,true');
}

/** The ticks of the last step in their order: a badge each for "description and result only", then the yes. */
async function checked(sharing: Tab): Promise<unknown> {
  return sharing.evaluate(
    "[...document.querySelectorAll('.share-readable input[type=checkbox]')].map((one) => one.checked)",
  );
}

async function seeField(sharing: Tab, id: string, text: string): Promise<void> {
  const value = `document.getElementById('${id}').value`;
  await until(`${id} says ${text}`, async () => (await sharing.evaluate(value)) === text);
}
