import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import { seeText, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { findings } from './world/axe.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('T70: everything is saved to one file, and a fresh browser has it all again, with issuer and server gone', async ({
  launchChromium,
  school,
  companion,
}, info) => {
  const first = await launchChromium();
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  await claimFrom(first, await earnBadge(school, 'php', anna));
  await claimFrom(first, await givePeerBadge(school, 'good-teammate', anna));
  const code = await makeAccount(first, companion);
  const settings = await openBackpack(first, 'settings');
  const [download] = await Promise.all([
    first.pageOf(settings).waitForEvent('download'),
    settings.click('button', 'Save everything'),
  ]);
  await seeText(settings, '3 badges are in the file.');
  const buffer = await readFile(await download.path());
  // Any computer reads it: a page that lists the badges, and each of them as a plain file.
  const files = unzipSync(buffer);
  expect(Object.keys(files).filter((path) => path.startsWith('badges/'))).toHaveLength(3);
  const page = new TextDecoder().decode(files['index.html']);
  for (const name of ['JavaScript', 'PHP', 'Good Teammate']) expect(page).toContain(name);
  const archive = { name: download.suggestedFilename(), mimeType: 'application/zip', buffer };
  const before = await detailOf(first);
  await first.close();
  await school.close();
  await companion.stop();

  // The page checks it all, wherever it is opened, with nobody there to ask; what is not in it alone is told as saved.
  const second = await launchChromium();
  const folder = info.outputPath('saved');
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  const opened = await second.open(pathToFileURL(join(folder, 'index.html')).href);
  const choose = second.pageOf(opened).getByLabel('Choose the saved file');
  await choose.setInputFiles(archive);
  await seeText(opened, /All \d+ files of this archive are as they were when it was saved/);
  await seeText(opened, 'Answers of issuers are those that were saved.');
  const marks = second.pageOf(opened).locator('#checker .verdict-mark');
  const marked = ['Checked', 'Not checked here', 'Not checked here'];
  await until('each has its mark', async () => (await marks.allInnerTexts()).sort().join() === marked.join());
  for (const scheme of ['light', 'dark'] as const)
    expect(await findings(second.pageOf(opened), scheme)).toEqual([]);
  const [changed = ''] = Object.keys(files).filter((path) => path.startsWith('badges/'));
  const other = {
    ...files,
    [changed]: files[changed]?.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) ?? new Uint8Array(),
  };
  await choose.setInputFiles({ ...archive, buffer: Buffer.from(zipSync(other)) });
  await seeText(opened, 'The archive was changed or damaged after it was saved.');
  await until('no badge has a mark any more', async () => (await marks.count()) === 0);
  await opened.close();

  const backpack = await openBackpack(second, 'import');
  await second.pageOf(backpack).getByLabel('Choose files').setInputFiles(archive);
  await seeText(backpack, 'It holds 3 badges.');
  // A code with a slip of the pen opens nothing, and nothing is taken in on the way.
  await backpack.fill('textbox', 'Recovery code', `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`);
  await backpack.click('button', 'Restore it all');
  await seeText(backpack, 'There is a typing error in the recovery code.');
  await backpack.fill('textbox', 'Recovery code', code);
  await backpack.click('button', 'Restore it all');
  await seeText(backpack, '3 badges are back in your backpack.');
  await backpack.close();
  expect(await detailOf(second)).toBe(before);

  // Without the code nobody’s word is taken, and no answer that it says was given (T72): the badges are checked anew,
  // and their issuer does not answer any more. What is signed by a key that it holds itself is as good as ever.
  const stranger = await launchChromium();
  const imports = await openBackpack(stranger, 'import');
  await stranger.pageOf(imports).getByLabel('Choose files').setInputFiles(archive);
  await seeText(imports, 'It holds 3 badges.');
  await imports.click('button', 'Check each badge anew');
  await seeText(imports, '3 badges were checked');
  const rows = stranger.pageOf(imports).locator('main li');
  const said = [
    /^JavaScript.*Not imported The check leads to localhost/,
    /^PHP.*Not imported The check leads to localhost/,
    /^Good Teammate.*In your backpack · Checked/,
  ];
  await until('each is read', async () => {
    const read = (await rows.allInnerTexts()).map((row) => row.replace(/\s+/g, ' '));
    return said.every((one) => read.some((row) => one.test(row)));
  });
});

/** What the backpack says of a badge. */
async function detailOf(browser: ChromiumBrowser): Promise<string> {
  const backpack = await openBackpack(browser);
  await backpack.click('link', 'JavaScript');
  await seeText(backpack, [
    '3 badges',
    'What the check rested on',
    'It was issued to an address that is not among yours yet.',
    // What comes last: its collections.
    'Make collection',
  ]);
  const detail = browser.pageOf(backpack).locator('article.badge-detail');
  await detail.locator('img').first().waitFor();
  const shown = await detail.innerText();
  await backpack.close();
  return shown;
}
