import { seeText, until } from './browsers/browser.ts';
import { earnBadge, visit } from './world/learner.ts';
import { expect, test } from './world/story.ts';

test('the popup of the toolbar’s button claims from the page in front', async ({ launch, school }) => {
  const browser = await launch();
  const other = await browser.open(school.origin);
  const page = await visit(browser, await earnBadge(school, 'javascript', 'anna@example.org'), '1');
  const popup = await browser.openToolbarPopup(page);
  await seeText(popup, ['1 badge on localhost', 'JavaScript']);
  const { width, height } = await popup.size();
  expect(width).toBeGreaterThanOrEqual(320);
  expect(width).toBeLessThanOrEqual(400);
  expect(height).toBeLessThanOrEqual(600);
  await popup.press('Claim badge');
  await seeText(popup, 'In your backpack');
  await until('the icon says nothing more', async () => (await browser.countOnIcon(page)) === '');

  await popup.close();

  // The twin: over a page without offers there is nothing to claim.
  const overOther = await browser.openToolbarPopup(other);
  await seeText(overOther, 'No badges on this page');
  const backpack = await browser.openPage('backpack/index.html');
  await seeText(backpack, '1 badge');
});
