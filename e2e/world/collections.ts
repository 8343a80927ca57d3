import { type Browser, seeText, type Tab, until } from '../browsers/browser.ts';
import { openBackpack } from './account.ts';

/** Makes a collection as a learner does: names it, says who may see it, and puts badges in. */
export async function makeCollection(
  browser: Browser,
  made: { readonly name: string; readonly reach: string; readonly badges: readonly string[] },
): Promise<void> {
  const tab = await openBackpack(browser, 'collections');
  await tab.fill('textbox', 'Name of a new collection', made.name);
  await tab.click('button', 'Make collection');
  await seeText(tab, 'Who can see it');
  await tab.click('radio', made.reach);
  await tab.click('button', 'Save');
  await seeText(tab, 'Saved.');
  for (const badge of made.badges) await tab.click('checkbox', badge);
  const count = made.badges.length;
  await tab.click('button', count === 1 ? 'Put in 1 badge' : `Put in ${count} badges`);
  await until('they are in', async () => (await namesInOrder(tab)).length === count);
  await tab.close();
}

/** Waits until a list that can be arranged has these, in this order. */
export async function seeNames(tab: Tab, names: readonly string[]): Promise<void> {
  const wanted = names.join();
  await until(`the list is ${wanted}`, async () => (await namesInOrder(tab)).join() === wanted);
}

/** What a list that can be arranged has, in its order. */
export async function namesInOrder(tab: Tab): Promise<readonly string[]> {
  return (await tab.evaluate(
    "[...document.querySelectorAll('.ordered-list a')].map((one) => one.textContent.trim())",
  )) as readonly string[];
}
