import { type Tab, until } from './browsers/browser.ts';
import { openBackpack } from './world/account.ts';
import { openDetail } from './world/detail.ts';
import { focused, tabTo } from './world/keyboard.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { test } from './world/story.ts';

/** Waits until what is called so has the focus; the place as a whole is its `main`. */
async function seeFocus(tab: Tab, name: string): Promise<void> {
  const onPlace = () => tab.evaluate("document.activeElement?.id === 'main'");
  await until(`the focus is on ${name}`, async () =>
    name === 'main' ? (await onPlace()) === true : (await focused(tab)) === name,
  );
}

test('who works the backpack by keys is led from a press to its undoing, and never to the top of the page', async ({
  launchChromium,
  school,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', 'anna@example.org'));

  const addresses = await openBackpack(browser, 'addresses');
  await addresses.fill('textbox', 'Address', 'anna@example.org');
  await addresses.press('Enter');
  await tabTo(addresses, 'Remove anna@example.org');
  await addresses.press('Enter');
  await seeFocus(addresses, 'Undo');
  await addresses.press('Enter');
  await seeFocus(addresses, 'main');
  await addresses.close();

  const detail = await openDetail(browser, 'JavaScript');
  await tabTo(detail, 'Remove');
  await detail.press('Enter');
  await seeFocus(detail, 'Undo');
  await detail.close();

  const trash = await openBackpack(browser, 'trash');
  await tabTo(trash, 'Restore JavaScript');
  await trash.press('Enter');
  await seeFocus(trash, 'main');
  await trash.close();

  const collections = await openBackpack(browser, 'collections');
  await collections.fill('textbox', 'Name of a new collection', 'On the web');
  await collections.press('Enter');
  await seeFocus(collections, 'main');
  await collections.click('checkbox', 'JavaScript');
  await tabTo(collections, 'Put in 1 badge');
  await collections.press('Enter');
  // What held the button is folded up then.
  await seeFocus(collections, 'Put badges in');
  await tabTo(collections, 'Remove collection');
  await collections.press('Enter');
  await seeFocus(collections, 'Undo');
});
