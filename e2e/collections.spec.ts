import { seeCount, seeText, type Tab, until } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything } from './world/account.ts';
import { findings } from './world/axe.ts';
import { makeCollection, namesInOrder, seeNames } from './world/collections.ts';
import { focused, overflows } from './world/keyboard.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { plainChromium } from './world/plain-browser.ts';
import { everythingPublic, thingsSaying } from './world/public-bytes.ts';
import { publish, toWhatBecomesReadable, unlockUntilSaid } from './world/sharing.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('of two collections a stranger finds the listed one, and the other only by its address (T53)', async ({
  launchChromium,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', anna));
  await claimFrom(browser, await earnBadge(school, 'php', anna));
  await claimFrom(browser, await givePeerBadge(school, 'peer-mentor', anna));
  const code = await makeAccount(browser, companion);
  await makeCollection(browser, { name: 'On the web', reach: 'Listed', badges: ['JavaScript'] });
  await makeCollection(browser, {
    name: 'For one employer',
    reach: 'Unlisted',
    badges: ['PHP', 'JavaScript'],
  });
  await makeCollection(browser, { name: 'Only mine', reach: 'Private', badges: ['Peer Mentor'] });

  const sharing = await openBackpack(browser, 'sharing');
  const coming = await seeText(sharing, [
    '“On the web”, on your page: 1 badge',
    '“For one employer”, only for people who have its address: 2 badges',
  ]);
  expect(coming).not.toContain('Only mine');
  await toWhatBecomesReadable(sharing, { badges: [] });
  const address = `${companion.origin}/@anna-builds`;
  const readable = await seeText(sharing, [
    `“On the web”, a part of your page at ${address}/on-the-web`,
    '“For one employer”, only for people who have the address',
  ]);
  expect(readable).not.toContain('Only mine');
  await publish(sharing, code, 2);
  const secret = await secretIn(sharing, address);

  // Everything that a stranger finds from the page on.
  const found = await everythingPublic(address);
  for (const text of ['On the web', 'JavaScript'])
    expect(thingsSaying(found, text).length).toBeGreaterThan(0);
  for (const text of ['For one employer', 'Greets a visitor by name', 'Only mine', 'Peer Mentor', secret])
    expect([text, thingsSaying(found, text)]).toEqual([text, []]);

  const stranger = await plainChromium();
  try {
    const profile = await stranger.open(address);
    await profile.click('link', 'On the web');
    await seeText(profile, ['All that Anna Builds shows', 'JavaScript']);
    expect(await profile.address()).toBe(`${address}/on-the-web`);
    expect(await findings(stranger.pageOf(profile), 'light')).toEqual([]);

    // The twin: whoever was given the address reads all of it.
    const given = await stranger.open(`${address}/${secret}`);
    await seeText(given, 'Only people who have its address can find this page.');
    expect(await findings(stranger.pageOf(given), 'dark')).toEqual([]);
    await given.click('link', 'PHP');
    await seeText(given, 'The collection of Anna Builds that this badge is in');
    expect(await given.address()).toContain(`${address}/${secret}/badges/`);
    const badge = await given.address();
    expect((await fetch(badge.replace(`/${secret}`, ''))).status).toBe(404);
    // The visitor's own browser finds the signed list of it good.
    await given.goto(`${companion.origin}/check#profile=anna-builds/${secret}`);
    await seeText(given, 'Anna Builds');

    // Another address is made here, and leads nowhere before it is published.
    const own = await openBackpack(browser, 'collections');
    await own.click('link', 'For one employer');
    await seeText(own, 'Whoever has this address can read it and pass it on.');
    await own.click('button', 'Make a new address');
    await seeText(own, 'It gets a new address once you publish again');
    await seeCount(own, 0, 'button', 'Make a new address');
    await own.close();

    // Made private, it is gone once that is published; what is listed stays.
    await setReach(browser, 'For one employer', 'Private');
    const again = await openBackpack(browser, 'sharing');
    await seeText(again, 'Your collections have changed since you published.');
    expect((await fetch(`${address}/${secret}`)).status).toBe(200);
    await again.click('button', 'Change what is shown');
    await again.click('button', 'Continue');
    await again.click('button', 'Continue');
    await publish(again, code, 1);
    for (const path of [`${address}/${secret}`, `${address}/${secret}.jws`, badge])
      expect([path, (await fetch(path)).status]).toEqual([path, 404]);
    expect((await fetch(`${address}/on-the-web`)).status).toBe(200);

    await again.click('button', 'Stop showing your page');
    await again.click('button', 'Stop showing');
    await unlockUntilSaid(again, code, 'Your page is no longer shown.');
    for (const path of [address, `${address}/on-the-web`])
      expect([path, (await fetch(path)).status]).toEqual([path, 404]);
  } finally {
    await stranger.close();
  }
});

test('collections are arranged by keyboard, meet on two browsers, and come back when removed', async ({
  launch,
  school,
  companion,
}) => {
  const first = await launch();
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  await claimFrom(first, await earnBadge(school, 'php', anna));
  const code = await makeAccount(first, companion);
  await makeCollection(first, { name: 'One', reach: 'Private', badges: ['JavaScript', 'PHP'] });
  await makeCollection(first, { name: 'Two', reach: 'Private', badges: ['PHP'] });
  const list = await openBackpack(first, 'collections');
  await seeNames(list, ['One', 'Two']);
  await list.click('button', 'Move up Two');
  await seeNames(list, ['Two', 'One']);
  await seeText(list, '“Two” is now number 1 of 2.');
  await until('the button keeps the focus', async () => (await focused(list)) === 'Move up Two');

  await list.click('link', 'One');
  const before = await until('both badges are there', async () => {
    const names = await namesInOrder(list);
    return [...names].sort().join() === 'JavaScript,PHP' && names;
  });
  await list.click('button', `Move down ${before[0]}`);
  await seeNames(list, [...before].reverse());
  await list.click('button', 'Take out PHP');
  await seeText(list, '“PHP” was taken out. It stays in your backpack.');
  await seeNames(list, ['JavaScript']);
  await list.click('button', 'Undo');
  await seeNames(list, [...before].reverse());
  await sendEverything(first);

  const second = await launch();
  await joinBackpack(second, companion, code);
  const there = await openBackpack(second, 'collections');
  await seeNames(there, ['Two', 'One']);
  await there.click('link', 'One');
  await seeNames(there, [...before].reverse());

  await there.click('button', 'Remove collection');
  await seeText(there, '“One” was removed. Its badges stay in your backpack.');
  await seeNames(there, ['Two']);
  await there.click('button', 'Undo');
  await seeNames(there, ['Two', 'One']);
});

/** The secret name that the sharing page shows. */
async function secretIn(sharing: Tab, address: string): Promise<string> {
  const text = await seeText(sharing, 'Unlisted, only at this address');
  const found = text
    .split(`${address}/`)
    .map((rest) => /^[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/.exec(rest)?.[0]);
  return found.find((name) => name !== undefined) ?? 'none';
}

async function setReach(
  browser: Parameters<typeof openBackpack>[0],
  name: string,
  reach: string,
): Promise<void> {
  const tab = await openBackpack(browser, 'collections');
  await tab.click('link', name);
  await tab.click('radio', reach);
  await tab.click('button', 'Save');
  await seeText(tab, 'Saved.');
  await tab.close();
}

test('the places of collections can be used by everybody, and arranged by hand', async ({
  launchChromium,
  school,
}) => {
  const browser = await launchChromium();
  const tab = await openBackpack(browser, 'collections');
  const page = browser.pageOf(tab);
  const usable = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const)
      expect(await findings(page, colorScheme)).toEqual([]);
    // A small phone, and a window of 1280 pixels at 200 %.
    for (const width of [320, 640]) {
      await page.setViewportSize({ width, height: 640 });
      expect([width, await overflows(tab)]).toEqual([width, false]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await seeText(tab, 'You have no collection yet.');
  await usable();
  await tab.click('button', 'Make collection');
  await seeText(tab, 'Give it a name first.');

  await claimFrom(browser, await earnBadge(school, 'javascript', anna));
  await claimFrom(browser, await earnBadge(school, 'php', anna));
  await makeCollection(browser, { name: 'W'.repeat(60), reach: 'Listed', badges: ['JavaScript', 'PHP'] });
  await makeCollection(browser, { name: 'Second', reach: 'Private', badges: ['PHP'] });
  await seeNames(tab, ['W'.repeat(60), 'Second']);
  await usable();
  // Taken by the pointer and dropped on the upper half of the first.
  const rows = page.locator('.ordered-list-row');
  await rows.nth(1).dragTo(rows.nth(0), { targetPosition: { x: 200, y: 3 } });
  await seeNames(tab, ['Second', 'W'.repeat(60)]);
  await tab.click('link', 'W'.repeat(60));
  await seeText(tab, 'Others can read it once you publish it.');
  await usable();

  // A badge says in which it is, and is put in and taken out there too.
  const backpack = await openBackpack(browser);
  await backpack.click('link', 'JavaScript');
  await backpack.click('checkbox', 'Second');
  await seeText(await openBackpack(browser, 'collections'), '2 badges · Private');
});
