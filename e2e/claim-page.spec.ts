import { seeText, until } from './browsers/browser.ts';
import { openBackpack } from './world/account.ts';
import { findings } from './world/axe.ts';
import { claimFrom, earnBadge, offerOn } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { expect, test } from './world/story.ts';

test('who has no extension sees what is offered and how to keep it, and claims it there once he has', async ({
  launchChromium,
  school,
  companion,
}) => {
  const offer = await offerOn(await earnBadge(school, 'javascript', 'anna@example.org'));
  const address = `${companion.origin}/claim#${encodeURIComponent(offer)}`;
  const host = new URL(school.origin).host;
  const stranger = await plainChromium();
  try {
    const tab = await stranger.open('about:blank');
    const page = stranger.pageOf(tab);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await tab.goto(address);
    const shown = await seeText(tab, [`Offered from ${host}`, 'How to keep it']);
    expect(shown).not.toContain('JavaScript');
    expect(asked.filter((one) => one.startsWith(school.origin))).toEqual([]);
    await tab.click('button', 'See what it is');
    await seeText(tab, [`${offer}: Checked.`, 'JavaScript']);
    expect(asked.filter((one) => one.startsWith(school.origin)).length).toBeGreaterThan(0);
    for (const colorScheme of ['light', 'dark'] as const)
      expect(await findings(page, colorScheme)).toEqual([]);

    // Another offer in the same address is shown by the same page, with nothing left of the first.
    const other = await offerOn(await earnBadge(school, 'php', 'anna@example.org'));
    await tab.evaluate(
      `window.sameAsBefore = true; location.hash = ${JSON.stringify(encodeURIComponent(other))}`,
    );
    await until('nothing of the first is left', async () => {
      const left = await tab.text();
      return left.includes(`Offered from ${host}`) && !left.includes('JavaScript');
    });
    const tags = await tab.evaluate(
      '[...document.querySelectorAll(\'meta[name="openbadges:offer"]\')].map(({ content }) => content)',
    );
    expect([tags, await tab.evaluate('window.sameAsBefore')]).toEqual([[other], true]);
    await tab.click('button', 'See what it is');
    await seeText(tab, [`${other}: Checked.`, 'PHP']);

    await tab.goto('about:blank');
    await tab.goto(`${companion.origin}/claim`);
    await seeText(tab, 'No badge is named in this address.');
    // What the extension cannot claim is not promised.
    await tab.goto('about:blank');
    await tab.goto(
      `${companion.origin}/claim#openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fschool.example%2F1`,
    );
    expect(await seeText(tab, 'a way that Backpack does not understand yet')).not.toContain('How to keep it');
    await tab.goto('about:blank');
    await tab.goto(`${companion.origin}/claim#javascript:alert(1)`);
    await seeText(tab, 'No badge is named in this address.');
  } finally {
    await stranger.close();
  }

  const browser = await launchChromium();
  await claimFrom(browser, address);
  await seeText(await openBackpack(browser), 'JavaScript');
});
