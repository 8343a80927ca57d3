import { seeText, type Tab, until } from '../e2e/browsers/browser.ts';
import { type ChromiumBrowser, launchChromium } from '../e2e/browsers/chromium.ts';
import { makeAccount, openBackpack } from '../e2e/world/account.ts';
import { makeCollection, namesInOrder } from '../e2e/world/collections.ts';
import { startCompanion } from '../e2e/world/companion.ts';
import { claimFrom, earnBadge, givePeerBadge } from '../e2e/world/learner.ts';
import { plainChromium } from '../e2e/world/plain-browser.ts';
import { publish } from '../e2e/world/sharing.ts';
import { byName, pageSizes, serverName, startNamedSchool, takePictures } from './take-pictures.ts';

const anna = 'anna@example.org';

/** Pictures of collections where they are made, on the way to being published, and as others see them. */
export async function takeCollections(folder: string): Promise<void> {
  const school = await startNamedSchool();
  const companion = await startCompanion([school.origin], { name: serverName });
  const browser = await launchChromium(byName());
  const stranger = await plainChromium(byName());
  const pictures = (tab: Tab, name: string) =>
    takePictures(browser, folder, tab, `collections-${name}`, pageSizes, 'stays');
  try {
    const list = await openBackpack(browser, 'collections');
    await seeText(list, 'You have no collection yet');
    await pictures(list, 'none');
    await claimFrom(browser, await earnBadge(school, 'javascript', anna));
    await claimFrom(browser, await earnBadge(school, 'php', anna));
    await claimFrom(browser, await givePeerBadge(school, 'peer-mentor', anna));
    const code = await makeAccount(browser, companion);
    await makeCollection(browser, { name: 'On the web', reach: 'Listed', badges: ['JavaScript', 'PHP'] });
    await makeCollection(browser, { name: 'For one employer', reach: 'Unlisted', badges: ['Peer Mentor'] });
    await until('both are there', async () => (await namesInOrder(list)).length === 2);
    await pictures(list, 'list');
    await list.click('link', 'On the web');
    await seeText(list, 'Others can read it once you publish it.');
    await pictures(list, 'one');
    const secret = await takeSharing(browser, code, pictures);
    for (const [name, path] of [
      ['profile', ''],
      ['listed', '/on-the-web'],
      ['unlisted', `/${secret}`],
    ] as const) {
      const tab = await stranger.open(`${companion.origin}/@anna-builds${path}`);
      await takePictures(stranger, folder, tab, `collections-public-${name}`, pageSizes);
    }
  } finally {
    await stranger.close();
    await browser.close();
    await companion.remove();
    await school.close();
  }
}

/** The steps of sharing, and what is shown after; answers the secret name of the unlisted one. */
async function takeSharing(
  browser: ChromiumBrowser,
  code: string,
  pictures: (tab: Tab, name: string) => Promise<void>,
): Promise<string> {
  const sharing = await openBackpack(browser, 'sharing');
  await seeText(sharing, 'on your page');
  await pictures(sharing, 'choose');
  await sharing.click('button', 'Continue');
  await sharing.fill('textbox', 'Your name', 'Anna Builds');
  await sharing.fill('textbox', 'Name in the address', 'anna-builds');
  await sharing.click('button', 'Continue');
  await seeText(sharing, 'For one employer');
  await pictures(sharing, 'readable');
  await publish(sharing, code, 3);
  await pictures(sharing, 'published');
  return /@anna-builds\/([A-Za-z0-9_-]{43})/.exec(await sharing.text())?.[1] ?? '';
}
