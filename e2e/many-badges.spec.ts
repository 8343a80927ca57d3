import { buildBadge } from '../shared/testing/build-badge.ts';
import { buildIssuer } from '../shared/testing/build-issuer.ts';
import { seeCount, seeText, until } from './browsers/browser.ts';
import { openBackpack } from './world/account.ts';
import { expect, test } from './world/story.ts';

/** How many lines each text of a kind stands on; a word that is broken counts as two. */
const linesOf = (selector: string) => `[...document.querySelectorAll('${selector}')].map((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size;
})`;

test('of a dozen files the one that was not taken in comes first, and no number or word is broken', async ({
  launchChromium,
}) => {
  const browser = await launchChromium();
  const issuer = await buildIssuer();
  const tampered = await buildBadge({ name: 'Sails', forgery: 'byte-changed' });
  const built = await Promise.all(
    Array.from({ length: 11 }, (_, index) =>
      buildBadge({ issuer, name: `Knots ${index + 1} ${'of the deep sea and of the land '.repeat(4)}` }),
    ),
  );
  const fileOf = (name: string, { bytes }: { readonly bytes: Uint8Array }) => ({
    name: `${name}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(bytes),
  });
  const tab = await openBackpack(browser, 'import');
  const page = browser.pageOf(tab);
  await page
    .getByLabel('Choose files')
    .setInputFiles([
      ...built.map((badge, index) => fileOf(`knots-${index + 1}`, badge)),
      fileOf('sails', tampered),
      fileOf('tides', await buildBadge({ name: 'Tides', container: 'png' })),
    ]);
  await seeText(tab, [
    '12 badges have come into your backpack. 1 was not imported.',
    /1 was not imported\..*sails\.json.*Not imported.*Knots 1 .*Knots 11 .*Tides/s,
  ]);
  await seeCount(tab, 1, 'button', 'Keep as unverified');

  await page.goto(`${browser.extensionOrigin()}/backpack/index.html#/`);
  await seeText(tab, ['12 badges', 'By issuer', /\b11\b/]);
  expect(await tab.evaluate(linesOf('.rail-count'))).toEqual([1, 1, 1]);
  await tab.click('button', 'List');
  await seeText(tab, ['Awarded', /(?:Checked.*){12}/s]);
  expect(await tab.evaluate(linesOf('.badge-table .verdict-mark > span'))).toEqual(Array(12).fill(1));
  expect(await tab.evaluate(linesOf('.badge-table time'))).toEqual(Array(24).fill(1));

  // A picture that is still read is awaited: no letter stands in its place, as it does where there is none.
  const initials = 'document.querySelectorAll("[data-initial]").length';
  await page.evaluate(
    `new MutationObserver(() => { self.mostInitials = Math.max(self.mostInitials ?? 0, ${initials}); })
      .observe(document.querySelector('main'), { subtree: true, childList: true })`,
  );
  const pictures =
    "[...document.querySelectorAll('.badge-grid img')].filter((one) => one.naturalWidth > 0).length";
  await tab.click('button', 'Grid');
  await until('the picture is drawn', async () => (await tab.evaluate(pictures)) === 1);
  expect([await tab.evaluate(initials), await tab.evaluate('self.mostInitials')]).toEqual([11, 11]);
  await tab.click('button', 'List');
  // Whoever chose the list has it again.
  await tab.reload();
  await seeText(tab, ['12 badges', 'In your backpack since']);

  // An open badge beside the list leaves it little room: names keep theirs, and each date says what it is.
  const nameWidths = "[...document.querySelectorAll('.badge-table-name a')].map((one) => one.offsetWidth)";
  await page.getByRole('link', { name: /^Knots 11 / }).click();
  await seeText(tab, 'What was checked');
  expect(Math.min(...((await tab.evaluate(nameWidths)) as readonly number[]))).toBeGreaterThan(120);
  const label = "getComputedStyle(document.querySelector('.badge-table td:last-child'), '::before').content";
  expect(await tab.evaluate(label)).toContain('In your backpack since');
  await page.getByRole('link', { name: 'Close' }).click();
  await seeText(tab, ['12 badges', 'In your backpack since']);
  expect(await tab.evaluate(label)).toBe('none');

  // However many badges there are to choose from, what to do with them is at hand.
  await page.goto(`${browser.extensionOrigin()}/backpack/index.html#/collections`);
  await tab.fill('textbox', 'Name of a new collection', 'Everything');
  await tab.click('button', 'Make collection');
  await seeText(tab, ['Put in 0 badges', /Knots 11/]);
  await page.getByRole('checkbox').first().check();
  await seeText(tab, 'Put in 1 badge');
  const foot = "document.querySelector('.choose-badges-foot').getBoundingClientRect()";
  expect(
    await tab.evaluate(
      `[document.documentElement.scrollHeight > innerHeight, ${foot}.bottom <= innerHeight]`,
    ),
  ).toEqual([true, true]);

  // Where the system chooses the colours, the place in which one is still stands out.
  await page.emulateMedia({ forcedColors: 'active' });
  const outlines = `[...document.querySelectorAll('.rail-places a')].map((one) => getComputedStyle(one).outlineStyle)`;
  expect(await tab.evaluate(outlines)).toEqual(['none', 'none', 'solid', ...Array(4).fill('none')]);
});
