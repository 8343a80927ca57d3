import { type Browser, seeText, type Tab, until } from '../browsers/browser.ts';
import { openBackpack } from './account.ts';
import type { Companion } from './companion.ts';

/** Opens the settings of a browser that is to join, with the text for the other one shown. */
export async function showText(
  browser: Browser,
  companion: Companion,
): Promise<{ settings: Tab; text: string }> {
  const settings = await openBackpack(browser, 'settings');
  await settings.fill('textbox', 'Address of the server', companion.origin);
  await settings.click('button', 'Save server');
  await seeText(settings, 'The server was saved.');
  await settings.click('button', 'Show the text');
  await seeText(settings, 'Waiting for the other browser.');
  const text = await settings.evaluate("document.querySelector('#link-text').value");
  return { settings, text: String(text) };
}

/** Lets the browser with this text into the backpack, unlocked with the code. */
export async function addBrowser(browser: Browser, text: string, code: string): Promise<Tab> {
  const settings = await openBackpack(browser, 'settings');
  await settings.fill('textbox', 'Text that the other browser shows', text);
  await settings.click('button', 'Add it');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
  return settings;
}

/** The number to compare, once a browser shows it. */
export function numberOn(tab: Tab): Promise<string> {
  return until('the number is shown', async () => {
    const shown = await tab.evaluate("document.querySelector('.check-number')?.textContent.trim()");
    return typeof shown === 'string' && shown;
  });
}
