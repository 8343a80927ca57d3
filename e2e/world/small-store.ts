import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { until } from '../browsers/browser.ts';
import type { ChromiumBrowser } from '../browsers/chromium.ts';
import { builtExtension } from '../browsers/profile.ts';
import { openBackpack } from './account.ts';

/** The built extension with one permission less: with `unlimitedStorage` Chromium keeps no count of what it stores. */
export async function countedExtension(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'backpack-counted-'));
  await cp(builtExtension('chromium'), path, { recursive: true });
  const manifest = join(path, 'manifest.json');
  const built = JSON.parse(await readFile(manifest, 'utf8')) as { permissions: readonly string[] };
  const permissions = built.permissions.filter((name) => name !== 'unlimitedStorage');
  await writeFile(manifest, JSON.stringify({ ...built, permissions }));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** How much the extension may still keep in a browser. */
export type Room = {
  /** Fills what there is but for so many bytes. */
  readonly leave: (bytes: number) => Promise<void>;
  /** so many bytes more than it has filled now */
  readonly give: (bytes: number) => Promise<void>;
};

/**
 * Takes the browser's store in hand. Before the extension has written anything: Chromium remembers for half a minute how
 * much room there was, so that less is only ever made by filling what there is.
 */
export async function roomOf(browser: ChromiumBrowser): Promise<Room> {
  const page = await openBackpack(browser);
  // What is asked for holds as long as this session does.
  const session = await browser.context().newCDPSession(browser.pageOf(page));
  const origin = browser.extensionOrigin();
  const give = async (bytes: number): Promise<void> => {
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
  };
  await give(20 * mebibyte);
  return {
    give,
    leave: (bytes) =>
      until(`${bytes} bytes are left`, async () => {
        const more = (await left(session, origin)) - bytes;
        if (more > 0) await page.evaluate(`(${fill})(${more})`);
        return more < mebibyte / 16;
      }).then(() => undefined),
  };
}

const mebibyte = 1024 * 1024;

async function left(session: CDPSession, origin: string): Promise<number> {
  const { usage, quota } = await session.send('Storage.getUsageAndQuota', { origin });
  return quota - usage;
}

/** In a database of its own, with bytes that nothing makes smaller. */
const fill = `async (bytes) => {
  const open = indexedDB.open('filling');
  open.onupgradeneeded = () => open.result.createObjectStore('rows', { autoIncrement: true });
  await new Promise((done, fail) => Object.assign(open, { onsuccess: done, onerror: () => fail(open.error) }));
  const write = open.result.transaction('rows', 'readwrite');
  for (let rest = bytes; rest > 0; rest -= 65536)
    write.objectStore('rows').add(crypto.getRandomValues(new Uint8Array(Math.min(rest, 65536))));
  await new Promise((done, fail) => Object.assign(write, { oncomplete: done, onabort: () => fail(write.error) }));
  open.result.close();
}`;
