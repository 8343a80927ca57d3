import { readFile } from 'node:fs/promises';
import type { Tab } from '../browsers/browser.ts';
import type { ChromiumBrowser } from '../browsers/chromium.ts';
import { openBackpack } from './account.ts';
import type { BadgeFile } from './badge-files.ts';

/** Saves everything, as one file. */
export async function saveEverything(browser: ChromiumBrowser): Promise<BadgeFile> {
  const settings = await openBackpack(browser, 'settings');
  const [download] = await Promise.all([
    browser.pageOf(settings).waitForEvent('download'),
    settings.click('button', 'Save everything'),
  ]);
  const buffer = await readFile(await download.path());
  await settings.close();
  return { name: download.suggestedFilename(), mimeType: 'application/zip', buffer };
}

/** Gives a saved file to the import page; answers the page. */
export async function chooseArchive(browser: ChromiumBrowser, archive: BadgeFile): Promise<Tab> {
  const page = await openBackpack(browser, 'import');
  await browser.pageOf(page).getByLabel('Choose files').setInputFiles([archive]);
  return page;
}

/** The same, and has all of it restored by the recovery code. */
export async function restoreByCode(
  browser: ChromiumBrowser,
  archive: BadgeFile,
  code: string,
): Promise<Tab> {
  const page = await chooseArchive(browser, archive);
  await page.fill('textbox', 'Recovery code', code);
  await page.click('button', 'Restore it all');
  return page;
}
