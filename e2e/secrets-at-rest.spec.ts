import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootSecretsOf, type SealedRoot } from '../shared/testing/root-secrets.ts';
import { seeText, type Tab } from './browsers/browser.ts';
import { makeProfile } from './browsers/profile.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything } from './world/account.ts';
import { badgeFiles, importFiles } from './world/badge-files.ts';
import { expect, test } from './world/story.ts';

/** What this browser knows of where its root is sealed. */
async function sealedRootIn(page: Tab): Promise<SealedRoot> {
  return (await page.evaluate(`new Promise((done, fail) => {
    const open = indexedDB.open('backpack');
    open.onerror = () => fail(open.error);
    open.onsuccess = () => {
      const row = open.result.transaction('keys').objectStore('keys').get('account');
      row.onsuccess = () => {
        const { acct, unlocker } = row.result.value;
        open.result.close();
        done({ acct, unlocker });
      };
    };
  })`)) as SealedRoot;
}

/** Keeps a value where the extension keeps its rows. */
async function plant(page: Tab, value: string): Promise<void> {
  await page.evaluate(`new Promise((done, fail) => {
    const open = indexedDB.open('backpack');
    open.onsuccess = () => {
      const write = open.result.transaction('local', 'readwrite', { durability: 'strict' });
      write.objectStore('local').put({ key: 'planted', value: ${value} });
      write.oncomplete = () => { open.result.close(); done(0); };
      write.onabort = () => fail(write.error);
    };
  })`);
}

/** The forms in which bytes and texts may lie in a file. */
function formsOf(secret: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const texts = (['base64', 'base64url', 'hex'] as const).map((form) =>
    bytes.toString(form).replace(/=+$/, ''),
  );
  const numbers = [...bytes].join(',');
  return [bytes, ...[...texts, numbers].flatMap(textForms)];
}

function textForms(text: string): readonly Buffer[] {
  return [Buffer.from(text), Buffer.from(text, 'utf16le')];
}

/** Names of what is found in any file below a folder, and in which. */
async function found(
  folder: string,
  secrets: ReadonlyMap<string, readonly Buffer[]>,
): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    for (const [name, forms] of secrets)
      if (forms.some((form) => bytes.includes(form))) names.add(`${name} in ${path.slice(folder.length)}`);
  }
  return [...names].sort();
}

test('T65: neither the code, nor the root, nor a key made of it lies on the disk of any browser that had them', async ({
  launchChromium,
  companion,
}) => {
  const [own, second] = [await makeProfile(), await makeProfile()];
  try {
    const first = await launchChromium({ profile: own.path });
    await importFiles(first, await badgeFiles(['Knots']));
    const code = await makeAccount(first, companion);
    await sendEverything(first);

    // Typed in whole, and unlocked again for what only the learner himself may do.
    const other = await launchChromium({ profile: second.path });
    await joinBackpack(other, companion, code);
    const settings = await openBackpack(other, 'settings');
    await settings.click('button', 'Keep this browser unlocked');
    await settings.fill('textbox', 'Recovery code', code);
    await settings.click('button', 'Keep this browser unlocked');
    await seeText(settings, 'This browser stays unlocked');
    const secrets = new Map(
      [...(await rootSecretsOf(code, await sealedRootIn(settings)))].map(([name, bytes]) => [
        name,
        formsOf(bytes),
      ]),
    );
    secrets.set('code as text', [code, code.replaceAll('-', ''), code.toLowerCase()].flatMap(textForms));
    expect(secrets.size).toBe(9);
    // One ends as when the power goes, one writes down all that it likes to.
    await first.kill();
    await other.close();
    for (const { path } of [own, second]) expect(await found(path, secrets)).toEqual([]);

    // The search finds what is there: the wrap, which may be, and what is put there.
    await first.restart();
    const page = await openBackpack(first);
    const { unlocker } = await sealedRootIn(page);
    const [root = []] = secrets.get('root') ?? [];
    await plant(page, `new Uint8Array([${[...root]}])`);
    await first.kill();
    const there = await found(own.path, new Map([...secrets, ['wrap', textForms(unlocker.wrap)]]));
    const names = new Set(there.map((one) => one.split(' in ')[0]));
    expect([...names].sort()).toEqual(['root', 'wrap']);
  } finally {
    for (const profile of [own, second]) await profile.remove();
  }
});
