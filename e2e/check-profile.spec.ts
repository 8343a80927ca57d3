import { seeText, type Tab, until } from './browsers/browser.ts';
import { findings } from './world/axe.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { publishFirst } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('a visitor checks a profile: who composed it, that nothing was exchanged, and each of its badges', async ({
  launchChromium,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', anna));
  await claimFrom(browser, await givePeerBadge(school, 'peer-mentor', anna));
  const { address } = await publishFirst(browser, companion, ['JavaScript', 'Peer Mentor']);

  const stranger = await plainChromium();
  try {
    const tab = await stranger.open(address);
    await tab.click('link', 'Check it yourself');
    await seeText(tab, [
      'composed by the owner of its key, and unchanged.',
      'Anna Builds',
      /Version 1 of the page, signed on /,
      /All \d+ documents are exactly what was signed\./,
    ]);
    await tab.click('button', 'Check all 2 badges');
    await seeText(tab, ['2 of 2 checked.', /(?:^Checked$.*){2}/ms, new URL(school.origin).host]);
    const page = stranger.pageOf(tab);
    for (const colorScheme of ['light', 'dark'] as const)
      expect(await findings(page, colorScheme)).toEqual([]);

    // From the badge's own page: the very bytes that are published.
    await tab.goto(address);
    await tab.click('link', 'JavaScript');
    await seeText(tab, 'Check this badge yourself');
    const badge = await tab.address();
    await until('the server has checked it', async () =>
      (await (await fetch(badge)).text()).includes('What this server has seen'),
    );
    await tab.reload();
    await tab.click('link', 'Check this badge yourself');
    await seeText(tab, [
      'The published document: Checked.',
      'read by your browser',
      'has signed what it saw on these days. Your browser has checked the signatures.',
    ]);

    // The signed list, saved and handed in, is known for what it is, wherever it came from.
    const token = await (await fetch(`${address}.jws`)).text();
    await giveText(tab, token);
    await seeText(tab, 'The text that you pasted: composed by the owner of its key, and unchanged.');
    await giveText(tab, `${token.slice(0, -3)}AAA`);
    await seeText(tab, 'The signed list of this profile does not hold');

    // A server that is away for a while is no page that is gone.
    await page.route('**/@anna-builds.jws', (route) => route.fulfill({ status: 503 }));
    await tab.fill('textbox', 'Address of a badge', address);
    await tab.click('button', 'Check this address');
    await seeText(tab, 'This server does not answer. Check again in a while.');
    await page.unrouteAll({ behavior: 'wait' });
    await tab.click('button', 'Check again');
    await seeText(tab, '@anna-builds: composed by the owner of its key, and unchanged.');

    // A server that hands out something else under the same name is found out.
    await page.route('**/d/*', (route) => route.fulfill({ body: '{"another":"document"}' }));
    await tab.fill('textbox', 'Address of a badge', address);
    await tab.click('button', 'Check this address');
    await seeText(
      tab,
      '@anna-builds: signed by the owner of its key, but not all of it is here as it was signed.',
    );
  } finally {
    await stranger.close();
  }
});

async function giveText(tab: Tab, text: string): Promise<void> {
  if ((await tab.count('textbox', 'Text of a badge')) === 0)
    await tab.evaluate("document.querySelector('.check-form details').open = true");
  await tab.fill('textbox', 'Text of a badge', text);
  await tab.click('button', 'Check this text');
}
