import { chromium, type Page } from '@playwright/test';
import { type LaunchOptions, patienceMs, type Tab } from '../browsers/browser.ts';
import { chromiumArguments, chromiumProgram, tabOf } from '../browsers/chromium.ts';

/** Somebody else's browser: Chromium without the extension. */
export type PlainBrowser = {
  readonly open: (address: string) => Promise<Tab>;
  readonly pageOf: (tab: Tab) => Page;
  readonly close: () => Promise<void>;
};

export async function plainChromium(
  options: Pick<LaunchOptions, 'hosts' | 'trusted'> = {},
): Promise<PlainBrowser> {
  const browser = await chromium.launch({
    executablePath: chromiumProgram,
    headless: true,
    timeout: 2 * patienceMs,
    chromiumSandbox: false,
    args: chromiumArguments(options),
  });
  const context = await browser.newContext();
  context.setDefaultTimeout(patienceMs);
  const pages = new WeakMap<Tab, Page>();
  return {
    open: async (address) => {
      const page = await context.newPage();
      await page.goto(address);
      const tab = tabOf(page);
      pages.set(tab, page);
      return tab;
    },
    pageOf: (tab) => {
      const page = pages.get(tab);
      if (page === undefined) throw new Error('The tab belongs to another browser.');
      return page;
    },
    close: () => browser.close(),
  };
}
