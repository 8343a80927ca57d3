import { concat } from '../../shared/model/bytes.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';
import { seeded } from '../../shared/testing/seeded.ts';
import { pngChunk } from '../../shared/testing/write-png.ts';
import { until } from '../browsers/browser.ts';
import type { ChromiumBrowser } from '../browsers/chromium.ts';
import { openBackpack } from './account.ts';

export type BadgeFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** Behind its signature and its first chunk a PNG takes any other. */
const afterHead = 33;

/** Badges as files, by name. Those called large are pictures of more than a megabyte, kept in several parts. */
export function badgeFiles(names: readonly string[]): Promise<readonly BadgeFile[]> {
  return Promise.all(
    names.map(async (name, index) => {
      if (!name.startsWith('Large')) {
        const { bytes } = await buildBadge({ name });
        return { name: `${name}.json`, mimeType: 'application/json', buffer: Buffer.from(bytes) };
      }
      const { bytes } = await buildBadge({ name, container: 'png' });
      const noise = pngChunk('noIs', seeded(index)(1_200_000));
      const large = concat(bytes.subarray(0, afterHead), noise, bytes.subarray(afterHead));
      return { name: `${name}.png`, mimeType: 'image/png', buffer: Buffer.from(large) };
    }),
  );
}

/** Imports files, and waits until each is said to be in the backpack. */
export async function importFiles(browser: ChromiumBrowser, files: readonly BadgeFile[]): Promise<void> {
  const page = await openBackpack(browser, 'import');
  const choose = browser.pageOf(page).getByLabel('Choose files');
  await choose.setInputFiles([...files]);
  await until('all files are in', async () => {
    const said = (await page.text()).match(/(?:In|Already in) your backpack ·/g);
    return said?.length === files.length;
  });
  await page.close();
}
