import { seeText, until } from './browsers/browser.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

test('a badge whose issuer is gone is still shown, from what was kept at the claim', async ({
  launchChromium,
  school,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', 'anna@example.org'));
  const backpack = await browser.openPage('backpack/index.html');
  const open = async () => {
    await backpack.goto(`${browser.extensionOrigin()}/backpack/index.html`);
    await seeText(backpack, '1 badge');
    await browser
      .pageOf(backpack)
      .getByRole('link', { name: /JavaScript/ })
      .first()
      .click();
    await seeText(backpack, 'What the check rested on');
  };

  // The twin: while the issuer answers, checking again asks it and finds nothing changed.
  await open();
  await backpack.click('button', 'Check again');
  const again = await seeText(backpack, ['1 badge', 'JavaScript', 'nothing has changed']);
  expect(again).not.toMatch(/did not answer|Could not be checked/);

  await school.close();
  await browser.restart();
  const later = await browser.openPage('backpack/index.html');
  await seeText(later, 'JavaScript');
  await browser
    .pageOf(later)
    .getByRole('link', { name: /JavaScript/ })
    .first()
    .click();
  await seeText(later, [
    'What the check rested on',
    'Checked',
    'Writes a small function that does what was asked',
    /Kept on .*\d{4}/,
    '/classes/javascript',
  ]);
  // The picture was kept too: nobody is there to ask for it.
  const painted =
    "[...document.querySelectorAll('main img')].filter((one) => one.complete && one.naturalWidth > 0).length";
  await until('it is painted', async () => Number(await later.evaluate(painted)) > 0);

  await later.click('button', 'Check again');
  await seeText(later, [/has not answered|did not answer|does not answer/, 'Checked']);
  // The tile says as much, so that nobody takes it for a check of today.
  await later.goto(`${browser.extensionOrigin()}/backpack/index.html`);
  await seeText(later, /Checked on \d+ \w+ \d{4}/);
});
