import { seeText, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { joinBackpack, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { findings } from './world/axe.ts';
import { startForkingCompanion } from './world/forking-companion.ts';
import { overflows } from './world/keyboard.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { publish, publishFirst } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

/** Reads or changes one row beside the keys of this browser. */
const rowOf = (key: string, change = '') => `new Promise((resolve, reject) => {
  const request = indexedDB.open('backpack');
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const transaction = request.result.transaction('keys', 'readwrite');
    const keys = transaction.objectStore('keys');
    let found = null;
    keys.get(${JSON.stringify(key)}).onsuccess = ({ target }) => {
      found = target.result?.value ?? null;
      ${change}
    };
    transaction.oncomplete = () => { request.result.close(); resolve(found); };
  };
})`;

/** A day goes by, and the browser does what is due. */
async function aDayLater(browser: ChromiumBrowser): Promise<void> {
  const settings = await openBackpack(browser, 'settings');
  const ago = 'new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString()';
  const put = `keys.put({ key: 'profile-look', value: { ...found, at: ${ago} } });`;
  await settings.evaluate(rowOf('profile-look', put));
  const before = Date.now();
  await browser.inBackground("chrome.alarms.create('upkeep', { when: Date.now() })");
  await until('it has looked', async () => {
    const row = (await settings.evaluate(rowOf('profile-look'))) as { readonly at: string };
    return Date.parse(row.at) >= before;
  });
  await settings.close();
}

async function kidOf(browser: ChromiumBrowser): Promise<string> {
  const settings = await openBackpack(browser, 'settings');
  const row = (await settings.evaluate(
    `${rowOf('account')}.then(({ device }) => ({ kid: device.kid }))`,
  )) as {
    readonly kid: string;
  };
  await settings.close();
  return row.kid;
}

test('a server that tells two browsers different stories is found out by the page that one of them publishes (T5)', async ({
  launchChromium,
  school,
}) => {
  const companion = await startForkingCompanion([school.origin]);
  try {
    const [first, second] = [await launchChromium(), await launchChromium()];
    await claimFrom(first, await earnBadge(school, 'javascript', anna));
    const { code, sharing } = await publishFirst(first, companion, ['JavaScript']);
    await sendEverything(first);
    await joinBackpack(second, companion, code);
    await syncUntil(second, 'the badge', 'JavaScript');
    // As long as both are told the same, a day goes by like any other.
    for (const browser of [first, second]) await aDayLater(browser);

    await companion.fork(await kidOf(second));
    await claimFrom(first, await earnBadge(school, 'php', anna));
    await claimFrom(second, await givePeerBadge(school, 'good-teammate', anna));
    for (const browser of [first, second]) await sendEverything(browser);
    for (const browser of [first, second]) await aDayLater(browser);
    for (const browser of [first, second]) await sendEverything(browser);

    await sharing.click('button', 'Change what is shown');
    await sharing.click('checkbox', 'PHP');
    await sharing.click('button', 'Continue');
    await sharing.click('button', 'Continue');
    await publish(sharing, code, 2);
    await sendEverything(first);
    for (const browser of [first, second]) await aDayLater(browser);
    const told = await openBackpack(second, 'settings');
    const number = /Check number (\d{4} \d{4})/;
    const shown = await seeText(told, [
      'your server seems to tell your browsers different stories',
      'Needs you',
      'Save everything',
      number,
    ]);
    const here = number.exec(shown)?.[1];
    const page = second.pageOf(told);
    for (const scheme of ['light', 'dark'] as const) expect(await findings(page, scheme)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await overflows(told)).toBe(false);
    const honest = await openBackpack(first, 'settings');
    const other = await seeText(honest, [number, 'Everything is sent.']);
    expect(here).toMatch(/\d/);
    expect(here).not.toBe(number.exec(other)?.[1]);
    expect(other).not.toContain('different stories');

    // Nothing is lost, and the learner may go on.
    const kept = await openBackpack(second);
    await seeText(kept, '2 badges');
    await told.click('button', 'Go on syncing');
    await seeText(told, ['Syncing goes on.', 'On all your devices']);
  } finally {
    await companion.remove();
  }
});
