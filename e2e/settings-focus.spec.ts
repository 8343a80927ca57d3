import { seeText, type Tab, until } from './browsers/browser.ts';
import { makeAccount, openBackpack } from './world/account.ts';
import { focused, tabTo } from './world/keyboard.ts';
import { expect, test } from './world/story.ts';

const code = 'Recovery code';

async function seeFocus(tab: Tab, name: string): Promise<void> {
  await until(`the focus is on ${name}`, async () => (await focused(tab)) === name);
}

async function pressByKeys(tab: Tab, name: string): Promise<void> {
  await tabTo(tab, name);
  await tab.press('Enter');
}

test('who changes settings by keys is led to what is asked, and back to the part where it was asked', async ({
  launch,
  companion,
}) => {
  const browser = await launch();
  const opens = await makeAccount(browser, companion);
  const settings = await openBackpack(browser, 'settings');
  await seeText(settings, 'There is 1.');

  await pressByKeys(settings, 'Make another recovery code');
  await seeFocus(settings, code);
  await pressByKeys(settings, 'Cancel');
  await seeFocus(settings, 'Ways to open your backpack');
  await pressByKeys(settings, 'Keep this browser unlocked');
  await seeFocus(settings, code);
  // Nothing that is pressed says nothing.
  await settings.press('Enter');
  await seeText(settings, 'There is a typing error in the recovery code.');
  await pressByKeys(settings, 'Cancel');
  await seeFocus(settings, 'Ways to open your backpack');

  // A text that is none is told at once, and no code asked for it.
  await tabTo(settings, 'Text that the other browser shows');
  await pressByKeys(settings, 'Add it');
  await seeText(settings, 'This is not the whole text that the other browser shows.');
  expect(await settings.count('textbox', code)).toBe(0);

  // What cannot be undone takes more than one key pressed twice.
  await pressByKeys(settings, 'Forget this browser');
  await seeText(settings, 'Wipe your backpack from this browser?');
  await seeFocus(settings, 'Cancel');
  await settings.press('Enter');
  await seeFocus(settings, 'Forget this browser');

  await settings.click('button', 'Make another recovery code');
  await settings.fill('textbox', code, opens);
  await settings.press('Enter');
  await until('the new code is shown and has the focus', async () =>
    (await focused(settings)).startsWith('This is your recovery code.'),
  );
});
