import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '../e2e/world/axe.ts';
import { type PlainBrowser, plainChromium } from '../e2e/world/plain-browser.ts';
import type { Instant, Sha256 } from '../shared/model/brands.ts';
import { themes } from '../shared/model/themes.ts';
import { drawPng } from '../shared/testing/badge-art.ts';
import { badgeSaying } from '../shared/testing/hostile-words.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let browser: PlainBrowser;
let page: Page;
let mia: Publisher;
let hash: Sha256;

beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
  browser = await plainChromium();
  page = browser.pageOf(await browser.open('about:blank'));
  mia = await Publisher.create(server);
});
afterAll(async () => {
  await browser.close();
  await endTestServers();
});

/** Publishes one badge that says something in every field, with a note and a cover, in a theme. */
async function publishIn(theme: string): Promise<void> {
  const { bytes } = await badgeSaying('Knots – [rules](https://school.example/rules), `code` and **words**');
  hash = (await mia.lay(bytes)).hash;
  const cover = (await mia.lay(await drawPng({ shape: 'star', glyph: 'check', hue: 90 }))).hash;
  const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;
  const item = { doc: hash, with: [], seenValidAt, recipient: 'hidden' as const, note: 'My first one.' };
  expect((await mia.publish([item], { theme, cover, about: 'I tie knots.' })).status).toBeLessThan(300);
}

describe.each(themes)('pages in the theme %s', (theme) => {
  it('leave nobody out, in light and in dark', async () => {
    await publishIn(theme);
    const badge = `/badges/${hash.slice(0, 22)}`;
    // A theme changes colours alone, and the badge's page shows all of them.
    for (const path of theme === themes[0] ? ['', '/all', badge] : [badge]) {
      await page.goto(`${server.address}/@${mia.handle}${path}`);
      for (const scheme of ['light', 'dark'] as const)
        expect(await findings(page, scheme), `${path} ${scheme}`).toEqual([]);
    }
  });
});

describe('a printed page', () => {
  it('is black on white in any theme and scheme, with its address and the addresses of its links', async () => {
    await publishIn('ember');
    await page.goto(`${server.address}/@${mia.handle}/badges/${hash.slice(0, 22)}`);
    const colours = () =>
      page.evaluate(
        '[getComputedStyle(document.documentElement)].map(({ color, backgroundColor }) => [color, backgroundColor])[0]',
      );
    const address = page.locator('.printed-address');
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    const onScreen = await colours();
    expect(await address.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await colours()).toEqual(['oklch(0 0 0)', 'oklch(1 0 0)']);
    expect(onScreen).not.toEqual(await colours());
    expect(await address.innerText()).toContain(`/@${mia.handle}/badges/`);
    expect(await address.locator('svg').isVisible()).toBe(true);
    const after = await page.evaluate(
      'getComputedStyle(document.querySelector(\'a[href="https://school.example/rules"]\'), "::after").content',
    );
    expect(after).toContain('https://school.example/rules');
    await page.emulateMedia({ media: null, colorScheme: null });
  });
});
