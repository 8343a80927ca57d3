import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { LaunchOptions, Tab } from '../e2e/browsers/browser.ts';
import { type School, startSchool } from '../e2e/issuers/school.ts';
import { namedHosts, nameHost } from '../e2e/world/named-hosts.ts';

type Sizes = Readonly<Record<string, readonly [width: number, height: number]>>;
/** What is taken, under which name, and whether the tab stays open. */
export type About = readonly [tab: Tab, name: string, sizes: Sizes, after?: 'stays'];

/** What the server is called in pictures, so that those of two runs differ in their dates alone. */
export const serverName = 'backpack.example';

/** How a browser finds the servers of this machine by their public names, once all are started. */
export function byName(): Pick<LaunchOptions, 'hosts' | 'trusted'> {
  return { hosts: namedHosts(), trusted: [`http://${serverName}`] };
}

/** The school under a public name. */
export async function startNamedSchool(): Promise<School> {
  const school = await startSchool({ port: 0, origin: 'http://school.example' });
  nameHost('school.example', school.port);
  return school;
}

/** A window, a window high enough for everything, a small phone, and a window of 1280 pixels at 200 %. */
export const pageSizes = {
  wide: [1280, 900],
  whole: [1280, 2400],
  narrow: [320, 640],
  zoomed: [640, 450],
} as const;
/** The pages that anybody sees, each to its end. */
export const publicSizes = { desktop: [1280, 800], phone: [390, 844], narrow: [320, 640] } as const;
export const popupSizes = { popup: [360, 576], narrow: [320, 576] } as const;

/** One picture for each size and colour scheme, then leaves the tab unless it `stays`. */
export async function takePictures(
  browser: { readonly pageOf: (tab: Tab) => Page },
  folder: string,
  ...[tab, name, sizes, after]: About
): Promise<void> {
  const page = browser.pageOf(tab);
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, [width, height]] of Object.entries(sizes)) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      await page.evaluate('scrollTo(0, 0)');
      // What is far from the window is not drawn, and a picture goes beyond the window.
      await page.evaluate(
        "document.querySelectorAll('.badge-grid > li').forEach((tile) => { tile.style.contentVisibility = 'visible'; })",
      );
      await page.screenshot({
        path: join(folder, `${name}-${size}-${colorScheme}.png`),
        fullPage: size !== 'wide',
      });
    }
  if (after === undefined) await tab.close();
}

/** A picture as on a sheet of A4, whatever the scheme of the screen; the tab stays. */
export async function takePrinted(
  browser: { readonly pageOf: (tab: Tab) => Page },
  folder: string,
  tab: Tab,
  name: string,
): Promise<void> {
  const page = browser.pageOf(tab);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 718, height: 1000 });
  await page.screenshot({ path: join(folder, `${name}-printed.png`), fullPage: true });
  await page.emulateMedia({ media: null });
}
