import { seeText, until } from './browsers/browser.ts';
import {
  joinBackpack,
  makeAccount,
  openBackpack,
  sendEverything,
  syncUntil,
  syncUntilSaid,
} from './world/account.ts';
import { findings } from './world/axe.ts';
import { focused, overflows, tabTo } from './world/keyboard.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('a learner deletes his backpack from the server with the keyboard alone, and keeps every badge', async ({
  launchChromium,
  school,
  companion,
}) => {
  const [first, second] = [await launchChromium(), await launchChromium()];
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(first, companion);
  await joinBackpack(second, companion, code);
  await claimFrom(second, await givePeerBadge(school, 'good-teammate', anna));
  await sendEverything(second);

  const settings = await openBackpack(first, 'settings');
  const page = first.pageOf(settings);
  await seeText(settings, 'See what goes and what stays');
  await tabTo(settings, 'Delete your backpack from the server');
  await settings.press('Enter');
  await tabTo(settings, 'See what goes and what stays');
  await settings.press('Enter');
  await until('the focus is on what goes', async () => (await focused(settings)) === 'What goes, for good');
  await tabTo(settings, 'Save everything');
  for (const scheme of ['light', 'dark'] as const) expect(await findings(page, scheme)).toEqual([]);

  // Asked of a server that is silent, nothing is deleted, here or there.
  await companion.stop();
  await tabTo(settings, 'Delete from the server');
  await settings.press('Enter');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.press('Enter');
  await seeText(settings, `Delete your backpack from ${new URL(companion.origin).host}?`);
  for (const scheme of ['light', 'dark'] as const) expect(await findings(page, scheme)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflows(settings)).toBe(false);
  await page.setViewportSize({ width: 1280, height: 900 });
  await tabTo(settings, 'Delete it for good');
  // Not before it is ticked that this is meant.
  await settings.press('Enter');
  await seeText(settings, 'Nobody can bring it back');
  await tabTo(settings, 'I know that this cannot be undone');
  await settings.press('Space');
  await tabTo(settings, 'Delete it for good');
  await settings.press('Enter');
  await seeText(settings, ['did not answer', 'Your recovery code is in use.']);

  await companion.start();
  await tabTo(settings, 'Delete from the server');
  await settings.press('Enter');
  await seeText(settings, 'Nobody can bring it back');
  await tabTo(settings, 'I know that this cannot be undone');
  await settings.press('Space');
  await tabTo(settings, 'Delete it for good');
  await settings.press('Enter');
  await seeText(settings, [
    'Your backpack was deleted from the server. Your badges are in this browser.',
    'Only in this browser',
  ]);
  const focusedId = "document.activeElement?.id ?? ''";
  await until('the place has the focus', async () => (await settings.evaluate(focusedId)) === 'main');
  await settings.close();
  // What only the server had came first.
  const kept = await openBackpack(first);
  await seeText(kept, ['2 badges', 'JavaScript', 'Good Teammate']);
  await kept.close();

  // The other browser is told, keeps its badges, and can go on by itself.
  const other = await openBackpack(second, 'settings');
  await syncUntilSaid(other, ['The server does not know this backpack any more.', 'Needs you']);
  for (const scheme of ['light', 'dark'] as const)
    expect(await findings(second.pageOf(other), scheme)).toEqual([]);
  await other.click('button', 'Connect this browser anew');
  await seeText(other, 'Only in this browser');
  await other.close();

  // A new backpack is begun, and the other browser joins it.
  const next = await makeAccount(first, companion);
  expect(next).not.toBe(code);
  await sendEverything(first);
  await joinBackpack(second, companion, next);
  await syncUntil(second, 'both badges', '2 badges');
});
