import { chromium } from '@playwright/test';
import { patienceMs, type Tab } from '../browsers/browser.ts';
import { chromiumArguments, chromiumProgram, tabOf } from '../browsers/chromium.ts';

/** Somebody else's browser: Chromium without the extension. */
export type PlainBrowser = {
  readonly open: (address: string) => Promise<Tab>;
  readonly close: () => Promise<void>;
};

export async function plainChromium(): Promise<PlainBrowser> {
  const browser = await chromium.launch({
    executablePath: chromiumProgram,
    headless: true,
    chromiumSandbox: false,
    args: chromiumArguments({}),
  });
  const context = await browser.newContext();
  context.setDefaultTimeout(patienceMs);
  return {
    open: async (address) => {
      const page = await context.newPage();
      await page.goto(address);
      return tabOf(page);
    },
    close: () => browser.close(),
  };
}
