import { cp, rm } from 'node:fs/promises';
import { seeText, type Tab } from '../e2e/browsers/browser.ts';
import { type ChromiumBrowser, launchChromium } from '../e2e/browsers/chromium.ts';
import type { School } from '../e2e/issuers/school.ts';
import {
  joinBackpack,
  makeAccount,
  openBackpack,
  sendEverything,
  syncUntilSaid,
  takeCode,
} from '../e2e/world/account.ts';
import { type Companion, startCompanion } from '../e2e/world/companion.ts';
import { claimFrom, earnBadge } from '../e2e/world/learner.ts';
import { addBrowser, numberOn, showText } from '../e2e/world/link.ts';
import { byName, pageSizes, serverName, startNamedSchool, takePictures } from './take-pictures.ts';

const anna = 'anna@example.org';

/** Pictures of the places that need a companion server, and most of them a second browser. */
export async function takeServerPlaces(folder: string): Promise<void> {
  const school = await startNamedSchool();
  const companion = await startCompanion([school.origin], { name: serverName });
  const launch = () => launchChromium(byName());
  const browsers = [await launch(), await launch(), await launch()] as const;
  const pictures = picturesIn(folder);
  try {
    await takeBackpack(browsers, { school, companion, pictures });
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await companion.remove();
    await school.close();
  }
}

type Pictures = (browser: ChromiumBrowser, tab: Tab, name: string, after?: 'stays') => Promise<void>;
type World = { readonly school: School; readonly companion: Companion; readonly pictures: Pictures };

function picturesIn(folder: string): Pictures {
  return async (browser, tab, name, after) => {
    // What was just said floats over the page.
    const notice = browser.pageOf(tab).locator('.notice button');
    if ((await notice.count()) > 0) await notice.last().click();
    await takePictures(browser, folder, tab, name, pageSizes, after);
  };
}

async function takeBackpack(
  [first, second, third]: readonly [ChromiumBrowser, ChromiumBrowser, ChromiumBrowser],
  world: World,
): Promise<void> {
  const { school, companion, pictures } = world;
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  await pictures(first, await openBackpack(first, 'settings'), 'settings-new');
  const code = await makeAccount(first, companion);
  await sendEverything(first);
  await takeRecoveryCodes(first, code, pictures);
  await takeJoining(first, second, code, world);
  await takeServerRestored(first, world);
  await takeRemoval(first, second, code, world);
  await takeArchive(first, third, code, pictures);
  await takeDeletion(first, code, world);
}

/** The list of recovery codes, and a new code as it is shown once. */
async function takeRecoveryCodes(browser: ChromiumBrowser, code: string, pictures: Pictures): Promise<void> {
  const settings = await openBackpack(browser, 'settings');
  await pictures(browser, settings, 'settings', 'stays');
  await settings.click('button', 'Make another recovery code');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
  await seeText(settings, 'I have it in safe keeping');
  await pictures(browser, settings, 'recovery-code', 'stays');
  await takeCode(settings);
  await seeText(settings, 'The new recovery code is in use, beside what was there before.');
  await pictures(browser, settings, 'recovery-codes');
}

/** Both sides of joining: the text with its picture, and the number that is compared. */
async function takeJoining(
  first: ChromiumBrowser,
  second: ChromiumBrowser,
  code: string,
  { companion, pictures }: World,
): Promise<void> {
  const { settings: joining, text } = await showText(second, companion);
  await pictures(second, joining, 'join-text', 'stays');
  const adding = await addBrowser(first, text, code);
  await numberOn(adding);
  await pictures(first, adding, 'join-number-here');
  await numberOn(joining);
  await pictures(second, joining, 'join-number-there', 'stays');
  await joining.click('button', 'Yes, the same number');
  await seeText(joining, 'Your devices');
  await joining.close();
  await sendEverything(second);
}

/** A server that was put back to what it was before the last badge. */
async function takeServerRestored(
  browser: ChromiumBrowser,
  { school, companion, pictures }: World,
): Promise<void> {
  await companion.stop();
  const backup = `${companion.dataDirectory}-backup`;
  await cp(companion.dataDirectory, backup, { recursive: true });
  await companion.start();
  await claimFrom(browser, await earnBadge(school, 'php', anna));
  await sendEverything(browser);
  await companion.stop();
  await rm(companion.dataDirectory, { recursive: true });
  await cp(backup, companion.dataDirectory, { recursive: true });
  await rm(backup, { recursive: true });
  await companion.start();
  const settings = await openBackpack(browser, 'settings');
  await syncUntilSaid(settings, /The server has lost \d+ changes? that it had\./);
  await seeText(settings, 'Needs you');
  await pictures(browser, settings, 'server-restored', 'stays');
  await settings.click('button', 'It was restored: send it back');
  await seeText(settings, 'The server has back what it lost.');
  await settings.close();
  await sendEverything(browser);
}

/** What is asked before a browser is removed, and what that one says afterwards. */
async function takeRemoval(
  first: ChromiumBrowser,
  second: ChromiumBrowser,
  code: string,
  { pictures }: World,
): Promise<void> {
  const settings = await openBackpack(first, 'settings');
  await syncUntilSaid(settings, 'Last here on');
  await pictures(first, settings, 'devices', 'stays');
  await settings.click('button', 'Rename Chrome · Linux', 1);
  await settings.fill('textbox', 'Name of this device', 'The laptop on the train');
  await settings.click('button', 'Save name');
  await settings.click('button', 'Remove from my backpack The laptop on the train');
  await seeText(settings, 'Remove “The laptop on the train” from your backpack?');
  await pictures(first, settings, 'device-removal', 'stays');
  await settings.click('button', 'Remove');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
  await seeText(settings, '“The laptop on the train” was removed from your backpack.');
  await settings.close();
  const removed = await openBackpack(second, 'settings');
  await syncUntilSaid(removed, 'This browser was removed from your backpack.');
  await pictures(second, removed, 'device-removed');
}

/** Everything saved to a file, and the file in another browser: before it is opened, and after. */
async function takeArchive(
  first: ChromiumBrowser,
  fresh: ChromiumBrowser,
  code: string,
  pictures: Pictures,
): Promise<void> {
  const settings = await openBackpack(first, 'settings');
  const [download] = await Promise.all([
    first.pageOf(settings).waitForEvent('download'),
    settings.click('button', 'Save everything'),
  ]);
  await seeText(settings, /badges are in the file\./);
  await pictures(first, settings, 'saved-everything');
  const imports = await openBackpack(fresh, 'import');
  await fresh
    .pageOf(imports)
    .getByLabel('Choose files')
    .setInputFiles(await download.path());
  await seeText(imports, /It holds \d badges\./);
  await pictures(fresh, imports, 'archive', 'stays');
  await imports.fill('textbox', 'Recovery code', code);
  await imports.click('button', 'Restore it all');
  await seeText(imports, /back in your backpack\./);
  await pictures(fresh, imports, 'archive-restored');
}

/** What is said and asked before the backpack on the server is deleted, and what another browser says of it. */
async function takeDeletion(
  first: ChromiumBrowser,
  code: string,
  { companion, pictures }: World,
): Promise<void> {
  const other = await launchChromium(byName());
  try {
    await joinBackpack(other, companion, code);
    const settings = await openBackpack(first, 'settings');
    await settings.click('button', 'See what goes and what stays');
    await pictures(first, settings, 'deletion', 'stays');
    await settings.click('button', 'Delete from the server');
    await settings.fill('textbox', 'Recovery code', code);
    await settings.click('button', 'Continue');
    await seeText(settings, 'Nobody can bring it back');
    await pictures(first, settings, 'deletion-asked', 'stays');
    await settings.click('checkbox', 'I know that this cannot be undone');
    await settings.click('button', 'Delete it for good');
    await seeText(settings, 'Your backpack was deleted from the server.');
    await pictures(first, settings, 'deleted');
    const told = await openBackpack(other, 'settings');
    await syncUntilSaid(told, 'The server does not know this backpack any more.');
    await pictures(other, told, 'deleted-elsewhere');
  } finally {
    await other.close();
  }
}
