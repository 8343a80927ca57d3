import { seeText, type Tab, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { chooseArchive, restoreByCode, saveEverything } from './world/archive.ts';
import { badgeFiles, importFiles } from './world/badge-files.ts';
import { readKept } from './world/kept.ts';
import { standStillAt } from './world/storage-moment.ts';
import { expect, test } from './world/story.ts';

const hour = 60 * 60 * 1000;

/** A row of the extension's database, after `change`, an expression over `row`, when it is given. */
async function rowOf(page: Tab, table: string, key: string, change = 'row'): Promise<unknown> {
  return page.evaluate(`new Promise((done, fail) => {
    const open = indexedDB.open('backpack');
    open.onerror = () => fail(open.error);
    open.onsuccess = () => {
      const write = open.result.transaction('${table}', 'readwrite');
      const rows = write.objectStore('${table}');
      let row;
      rows.get('${key}').onsuccess = ({ target }) => {
        row = target.result;
        row = ${change};
        if (row !== undefined) rows.put(row);
      };
      write.oncomplete = () => { open.result.close(); done(row === undefined ? null : JSON.parse(JSON.stringify(row))); };
    };
  })`);
}

/** Has the background do what is due: among it, in one transaction, to forget a removal of long ago. */
async function keepUp(browser: ChromiumBrowser, page: Tab): Promise<void> {
  const doc = "{ id: 'badge|over', t: 'badge', v: 1, w: '', f: {} }";
  await rowOf(
    page,
    'removed',
    'badge|over',
    `{ id: 'badge|over', at: '2020-01-01T00:00:00.000Z', doc: ${doc} }`,
  );
  await browser.inBackground("chrome.alarms.create('upkeep', { when: Date.now() })");
  await until('upkeep is done', async () => (await rowOf(page, 'removed', 'badge|over')) === null);
}

test('bytes that a broken off restore has left are let go of by upkeep, and it can be begun again', async ({
  launchChromium,
  companion,
}) => {
  const first = await launchChromium();
  await importFiles(first, await badgeFiles(['Large 1', 'Knots', 'Large 2']));
  const code = await makeAccount(first, companion);
  const { originals } = await readKept(first);
  const archive = await saveEverything(first);

  const second = await launchChromium();
  for (const isLet of [true, false]) {
    const { come } = await standStillAt(second, { table: 'blobs', when: 'durable', nth: 2 });
    void restoreByCode(second, archive, code).catch(() => undefined);
    await come;
    await second.kill();
    await second.restart();
    const broken = await readKept(second);
    expect(broken).toMatchObject({ originals: [], half: [] });
    expect(broken.unnamed.length).toBeGreaterThan(0);

    const page = await openBackpack(second);
    if (isLet) {
      // As long as a restore may be going on it loses nothing.
      await keepUp(second, page);
      expect((await readKept(second)).unnamed).toEqual(broken.unnamed);
      const long = JSON.stringify(new Date(Date.now() - 2 * hour));
      await rowOf(page, 'local', 'bytes-ahead', `{ ...row, value: ${long} }`);
      await keepUp(second, page);
      expect((await readKept(second)).unnamed).toEqual([]);
    }
    await page.close();
  }
  await seeText(await restoreByCode(second, archive, code), '3 badges are back in your backpack.');
  expect(await readKept(second)).toMatchObject({ originals, half: [], unnamed: [] });
});

test('with an account it is syncing that lets go of them, a day later', async ({
  launchChromium,
  companion,
}) => {
  const browser = await launchChromium();
  await importFiles(browser, await badgeFiles(['Knots', 'Sails', 'Charts']));
  await makeAccount(browser, companion);
  const before = await readKept(browser);
  const page = await chooseArchive(browser, await saveEverything(browser));
  await seeText(page, '3 badges are back in your backpack.');
  await keepUp(browser, page);
  expect(await rowOf(page, 'link', 'link')).not.toHaveProperty('sweepAt');
  const long = JSON.stringify(new Date(Date.now() - 2 * hour));
  await rowOf(page, 'local', 'bytes-ahead', `{ ...row, value: ${long} }`);
  await keepUp(browser, page);
  const link = (await rowOf(page, 'link', 'link')) as { readonly sweepAt?: number };
  // Not before a removal of today can no longer be undone.
  expect((link.sweepAt ?? 0) - Date.now()).toBeGreaterThan(24 * hour);
  expect((await readKept(browser)).originals).toEqual(before.originals);
});
