import { test as base } from '@playwright/test';
import { Agent, setGlobalDispatcher } from 'undici';
import type { Browser, LaunchOptions } from '../browsers/browser.ts';
import { type ChromiumBrowser, launchChromium } from '../browsers/chromium.ts';
import { launchFirefox } from '../browsers/firefox.ts';
import { type HostileIssuer, startHostileIssuer } from '../issuers/hostile.ts';
import { type School, startSchool } from '../issuers/school.ts';
import { type Companion, startCompanion } from './companion.ts';

// Each request of a story comes over a connection of its own: one that was kept may be closed by the server just when it is
// used again, above all where the story has been busy meanwhile.
setGlobalDispatcher(new Agent({ pipelining: 0 }));

type World = {
  /** starts the project's browser with a profile of its own; ended with the story */
  readonly launch: (options?: LaunchOptions) => Promise<Browser>;
  /** the same, for stories that only Chromium tells */
  readonly launchChromium: (options?: LaunchOptions) => Promise<ChromiumBrowser>;
  /** the demo issuer, on a port of its own */
  readonly school: School;
  /** a server that answers as badly as it is told to */
  readonly hostile: HostileIssuer;
  /** a companion server that may read from the school */
  readonly companion: Companion;
};

/** A story with a browser, an issuer and a companion server, each started when it is named, all real. */
export const test = base.extend<World>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what a fixture needs
  launch: async ({}, use, info) => {
    const browsers: Browser[] = [];
    await use(async (options) => {
      const browser = await (info.project.name === 'firefox' ? launchFirefox() : launchChromium(options));
      browsers.push(browser);
      return browser;
    });
    await Promise.all(browsers.map((browser) => browser.close()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  launchChromium: async ({}, use) => {
    const browsers: Browser[] = [];
    await use(async (options) => {
      const browser = await launchChromium(options);
      browsers.push(browser);
      return browser;
    });
    await Promise.all(browsers.map((browser) => browser.close()));
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  school: async ({}, use) => {
    const school = await startSchool({ port: 0 });
    await use(school);
    await school.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  hostile: async ({}, use) => {
    const hostile = await startHostileIssuer();
    await use(hostile);
    await hostile.close();
  },
  companion: async ({ school }, use) => {
    const companion = await startCompanion([school.origin]);
    await use(companion);
    await companion.remove();
  },
});

export { expect } from '@playwright/test';
