import { seeCount, seeText } from './browsers/browser.ts';
import { offerTag } from './issuers/hostile.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything } from './world/account.ts';
import { restoreByCode, saveEverything } from './world/archive.ts';
import { badgeFiles, importFiles } from './world/badge-files.ts';
import { readKept } from './world/kept.ts';
import { visit } from './world/learner.ts';
import { countedExtension, roomOf } from './world/small-store.ts';
import { test as base, expect } from './world/story.ts';

const mebibyte = 1024 * 1024;
const noSpace = 'There is no space left on this computer for your backpack.';
const remedy = 'Free some space';

const test = base.extend<{ counted: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what a fixture needs
  counted: async ({}, use) => {
    const extension = await countedExtension();
    await use(extension.path);
    await extension.remove();
  },
});

test('T29: what finds no room is told, changes nothing, and is kept once there is room: a claim, files, what other browsers send', async ({
  launchChromium,
  counted,
  hostile,
  companion,
}) => {
  const browser = await launchChromium({ extension: counted });
  const room = await roomOf(browser);
  const [large, small, another, third, ofOther] = await badgeFiles([
    'Large 1',
    'Knots',
    'Large 2',
    'Sails',
    'Large 3',
  ]);
  if (!large || !small || !another || !third || !ofOther) throw new TypeError('no files');
  await importFiles(browser, [small]);

  hostile.page('/', { head: offerTag(hostile.file('/badge.png', large.buffer, 'image/png')) });
  const popup = await browser.openPopup(await visit(browser, `${hostile.origin}/`, '1'));
  await seeCount(popup, 1, 'button', 'Claim badge');
  let before = await readKept(browser);
  await room.leave(mebibyte / 2);
  await popup.click('button', 'Claim badge');
  await seeText(popup, [noSpace, remedy]);
  expect(await readKept(browser)).toEqual(before);
  await room.give(10 * mebibyte);
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  await popup.close();

  // Not even looking at an offer with a large picture is possible then, and no offer is lost by it.
  await room.leave(mebibyte / 2);
  hostile.page('/second', { head: offerTag(hostile.file('/second.png', another.buffer, 'image/png')) });
  const second = await browser.openPopup(await visit(browser, `${hostile.origin}/second`, '1'));
  await seeText(second, [noSpace, remedy]);
  await second.close();

  const imports = await openBackpack(browser, 'import');
  const choose = browser.pageOf(imports).getByLabel('Choose files');
  await choose.setInputFiles([another, third]);
  await seeText(imports, [/Sails\.json · In your backpack/, noSpace, remedy]);
  before = await readKept(browser);
  expect(before).toMatchObject({ half: [], unnamed: [] });
  expect(before.originals).toHaveLength(3);
  await room.give(10 * mebibyte);
  await importFiles(browser, [another, third]);
  expect((await readKept(browser)).originals).toHaveLength(4);
  await imports.close();

  const code = await makeAccount(browser, companion);
  await sendEverything(browser);
  const other = await launchChromium();
  await joinBackpack(other, companion, code);
  await importFiles(other, [ofOther]);
  await sendEverything(other);
  before = await readKept(browser);
  await room.leave(mebibyte / 2);
  const settings = await openBackpack(browser, 'settings');
  await settings.click('button', 'Sync now');
  await seeText(settings, [noSpace, remedy, 'Needs you']);
  expect((await readKept(browser)).originals).toEqual(before.originals);
  await room.give(20 * mebibyte);
  await settings.close();
  await sendEverything(browser);
  const after = await readKept(browser);
  expect(after.originals).toHaveLength(5);
  expect(after).toEqual(await readKept(other));
});

test('T29: a restore that finds no room is told so, and goes through once there is some', async ({
  launchChromium,
  counted,
  companion,
}) => {
  const first = await launchChromium();
  await importFiles(first, await badgeFiles(['Knots', 'Large 1', 'Large 2']));
  const code = await makeAccount(first, companion);
  const archive = await saveEverything(first);
  const { originals } = await readKept(first);
  await first.close();

  const second = await launchChromium({ extension: counted });
  const room = await roomOf(second);
  await room.leave(2 * mebibyte);
  const page = await restoreByCode(second, archive, code);
  await seeText(page, [noSpace, remedy]);
  await page.close();
  expect(await readKept(second)).toMatchObject({ originals: [], half: [] });
  await room.give(20 * mebibyte);
  await seeText(await restoreByCode(second, archive, code), '3 badges are back in your backpack.');
  expect(await readKept(second)).toMatchObject({ originals, half: [], unnamed: [] });
});
