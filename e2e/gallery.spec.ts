import { seeText } from './browsers/browser.ts';
import { introduce, untilLookedAt, visit } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

/** What each bad badge says, and what may be done with it. */
const exhibits = [
  {
    slug: 'revoked',
    mark: 'Revoked',
    says: /Given by mistake|taken back|revoked/i,
    button: 'Keep as unverified',
  },
  { slug: 'revoked-credential', mark: 'Revoked', says: /revoked|taken back/i, button: 'Keep as unverified' },
  { slug: 'expired', mark: 'Expired', says: /expired|ended|until/i, button: 'Claim badge' },
  { slug: 'tampered', mark: 'Not valid', says: /changed|altered|signature/i, button: 'Keep as unverified' },
] as const;

for (const { slug, mark, says, button } of exhibits)
  test(`a badge that is ${slug} says so, and offers no more than “${button}”`, async ({
    launchChromium,
    school,
  }) => {
    const browser = await launchChromium();
    await introduce(browser, school, anna);
    const page = await visit(browser, `${school.origin}/gallery/${slug}`, '1');
    const popup = await browser.openPopup(page);
    await untilLookedAt(popup, 1);
    await seeText(popup, [mark, says]);
    for (const other of ['Claim badge', 'Keep as unverified', 'Keep and check later'])
      expect([other, await popup.count('button', other)]).toEqual([other, other === button ? 1 : 0]);

    await popup.click('button', button);
    if (button === 'Keep as unverified') {
      // A deliberate second step; the first answer of the page is no.
      await seeText(popup, 'Keep it anyway');
      await popup.click('button', 'Do not keep it');
      const backpack = await browser.openPage('backpack/index.html');
      await seeText(backpack, 'Your first badge will lie here');
      await backpack.close();
      await popup.click('button', button);
      await popup.click('button', 'Keep it anyway');
    }
    await seeText(popup, /In your backpack|Kept as unverified/);
    const backpack = await browser.openPage('backpack/index.html');
    await seeText(backpack, ['1 badge', mark]);
  });

test('a badge for another address is good, and says that it is not yet matched', async ({
  launchChromium,
  school,
}) => {
  const browser = await launchChromium();
  await introduce(browser, school, anna);
  const page = await visit(browser, `${school.origin}/gallery/someone-elses`, '1');
  const popup = await browser.openPopup(page);
  await seeText(popup, ['Checked', 'Not yet matched to you']);
  await browser.pageOf(popup).getByText('Add the address it was issued to').first().click();
  await popup.fill('textbox', 'Add the address it was issued to', anna);
  await popup.click('button', 'Add address');
  await seeText(popup, /not the address it was issued to|Someone else/);

  // The twin: with the address known, a badge that is made out to it is plainly the learner's.
  const own = await visit(browser, `${school.origin}/open-day`, '3');
  const popupOfOwn = await browser.openPopup(own);
  await untilLookedAt(popupOfOwn, 3);
  const shown = await seeText(popupOfOwn, ['Claim all', 'First Page', 'View Source', 'Good Question']);
  expect(shown).not.toMatch(/Not yet matched|Someone else/);
});
