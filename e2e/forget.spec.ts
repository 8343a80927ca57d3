import { seeText, until } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

/** Rows in every table of the extension's database, read as anybody could who sits down at the computer. */
const rowsLeft = `new Promise((resolve, reject) => {
  const request = indexedDB.open('backpack');
  request.onerror = () => reject(request.error);
  request.onsuccess = async () => {
    const tables = [...request.result.objectStoreNames];
    const read = request.result.transaction(tables);
    const counts = tables.map((table) => new Promise((done) => {
      const count = read.objectStore(table).count();
      count.onsuccess = () => done(count.result);
    }));
    const all = await Promise.all(counts);
    request.result.close();
    resolve(Object.fromEntries(tables.map((table, index) => [table, all[index]])));
  };
})`;

test('a shared computer is left: nothing stays in that browser, and nothing is missing elsewhere', async ({
  launchChromium,
  school,
  companion,
}) => {
  const [own, shared] = [await launchChromium(), await launchChromium()];
  const code = await makeAccount(own, companion);
  await joinBackpack(shared, companion, code);
  await claimFrom(shared, await earnBadge(school, 'javascript', anna));

  // How he likes to look at badges is his as well.
  const remembered = 'Object.fromEntries(Object.entries(localStorage))';
  const badges = await openBackpack(shared);
  await badges.click('button', 'List');
  await seeText(badges, 'In your backpack since');
  await badges.evaluate(`(() => {
    const sort = [...document.querySelectorAll('select')].find((each) => each.value === 'newest');
    sort.value = 'name';
    sort.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
  await until('both are remembered', async () => {
    const { layout, sort } = (await badges.evaluate(remembered)) as Readonly<Record<string, string>>;
    return layout === 'list' && sort === 'name';
  });
  await badges.close();

  // What the server does not have yet is never wiped without a word.
  await companion.stop();
  const settings = await openBackpack(shared, 'settings');
  await settings.click('button', 'Forget this browser');
  await seeText(settings, 'would be lost for good');
  const warning = "document.querySelector('.page-alert-danger')?.textContent ?? ''";
  await until('there is a way out', async () =>
    String(await settings.evaluate(warning)).includes('Save everything'),
  );
  await settings.click('button', 'Cancel');
  await companion.start();

  const before = (await settings.evaluate(rowsLeft)) as Readonly<Record<string, number>>;
  expect(before).toMatchObject({ cardPacks: 1 });
  expect(before['keys']).toBeGreaterThan(0);
  await settings.click('button', 'Forget this browser');
  await seeText(settings, 'Everything is on your server.');
  await settings.click('button', 'Wipe it here');
  await seeText(settings, 'Your backpack was wiped from this browser.');
  const left = (await settings.evaluate(rowsLeft)) as Readonly<Record<string, number>>;
  const { local, ...rest } = left;
  expect(Object.keys(rest)).toEqual(expect.arrayContaining(['docs', 'blobs', 'keys', 'cardPacks', 'link']));
  expect(Object.values(rest).every((count) => count === 0)).toBe(true);
  // At most how far the server's clock was off, noted by an answer that was still on its way.
  expect(local).toBeLessThanOrEqual(1);
  expect(await settings.evaluate(remembered)).toEqual({});
  await settings.close();
  const empty = await openBackpack(shared);
  await seeText(empty, 'Your first badge will lie here');
  await empty.close();

  await syncUntil(own, 'the badge of the shared computer', 'JavaScript');
  const devices = await openBackpack(own, 'settings');
  await seeText(devices, 'Forgotten there on');
  await devices.close();
  // Whoever comes next begins with nothing, and so does the learner until he enters his code.
  await claimFrom(shared, await givePeerBadge(school, 'good-teammate', 'ben@example.org'));
  await joinBackpack(shared, companion, code);
  await sendEverything(shared);
  await syncUntil(shared, 'both badges', '2 badges');
});
