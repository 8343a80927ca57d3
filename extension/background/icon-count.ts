import { browser } from '../browser.ts';

/** Says on the icon, and to who cannot see it in its title, how many offers of the tab are new. */
export async function showCount(tab: number, count: number): Promise<void> {
  try {
    await browser.action.setBadgeText({ tabId: tab, text: count === 0 ? '' : String(count) });
    await browser.action.setBadgeBackgroundColor({ tabId: tab, color: '#2f4f8f' });
    await browser.action.setBadgeTextColor({ tabId: tab, color: '#ffffff' });
    await browser.action.setTitle({ tabId: tab, title: titleOf(count) });
  } catch (error) {
    // The tab was closed meanwhile; anything else would be news.
    if (await tabExists(tab)) throw error;
  }
}

function titleOf(count: number): string {
  if (count === 0) return browser.i18n.getMessage('name');
  return browser.i18n.getMessage(count === 1 ? 'oneOffer' : 'severalOffers', String(count));
}

async function tabExists(tab: number): Promise<boolean> {
  return (await browser.tabs.query({})).some(({ id }) => id === tab);
}
