import { appendFile, rm, writeFile } from 'node:fs/promises';
import { seeText } from './browsers/browser.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { restoreByCode, saveEverything } from './world/archive.ts';
import { badgeFiles, importFiles } from './world/badge-files.ts';
import { readKept } from './world/kept.ts';
import { expect, test } from './world/story.ts';

test('T70: saving everything that fails says so, changes nothing, and goes through the next time', async ({
  launchChromium,
}) => {
  const browser = await launchChromium();
  await importFiles(browser, await badgeFiles(['Knots', 'Sails']));
  const before = await readKept(browser);
  expect(before.originals).toHaveLength(2);
  const settings = await openBackpack(browser, 'settings');
  // What the browser answers where it cannot read what it keeps.
  await settings.evaluate(`{
    globalThis.asItWas = IDBTransaction.prototype.objectStore;
    IDBTransaction.prototype.objectStore = function (name) {
      if (name === 'blobs') throw new DOMException('cannot be read', 'UnknownError');
      return globalThis.asItWas.call(this, name);
    };
  }`);
  await settings.click('button', 'Save everything');
  await seeText(settings, [
    'Something went wrong',
    'Nothing you had was changed. Try again',
    'Save everything',
  ]);
  expect(await readKept(browser)).toEqual(before);
  await settings.evaluate('{ IDBTransaction.prototype.objectStore = globalThis.asItWas; }');
  const [download] = await Promise.all([
    browser.pageOf(settings).waitForEvent('download'),
    settings.click('button', 'Save everything'),
  ]);
  expect(download.suggestedFilename()).toMatch(/^backpack-.*\.zip$/);
  await seeText(settings, '2 badges are in the file.');
});

test('T70: an archive that goes away or changes while it is open says so, and comes back from a good copy', async ({
  launchChromium,
  companion,
}, info) => {
  const first = await launchChromium();
  await importFiles(first, await badgeFiles(['Knots', 'Sails']));
  const code = await makeAccount(first, companion);
  const archive = await saveEverything(first);
  const { originals } = await readKept(first);

  const second = await launchChromium();
  for (const harm of [rm, (path: string) => appendFile(path, 'more')]) {
    const path = info.outputPath(archive.name);
    await writeFile(path, archive.buffer);
    const page = await openBackpack(second, 'import');
    await second.pageOf(page).getByLabel('Choose files').setInputFiles(path);
    await seeText(page, ['2 badges', 'Restore it all']);
    await harm(path);
    await page.fill('textbox', 'Recovery code', code);
    await page.click('button', 'Restore it all');
    await seeText(page, ['This could not be read.', 'a file that was moved']);
    expect(await readKept(second)).toMatchObject({ originals: [], half: [], unnamed: [] });
    await page.close();
  }
  await seeText(await restoreByCode(second, archive, code), '2 badges are back in your backpack.');
  expect(await readKept(second)).toMatchObject({ originals, half: [], unnamed: [] });
});
