import { seeText, type Tab } from '../browsers/browser.ts';
import type { ChromiumBrowser } from '../browsers/chromium.ts';
import { openBackpack } from './account.ts';

/** Opens the detail of the first badge of that name. */
export async function openDetail(browser: ChromiumBrowser, name: string): Promise<Tab> {
  const tab = await openBackpack(browser);
  await seeText(tab, name);
  await browser
    .pageOf(tab)
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();
  await seeText(tab, 'What was checked');
  return tab;
}
