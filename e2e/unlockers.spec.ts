import { seeText, type Tab } from './browsers/browser.ts';
import {
  joinBackpack,
  makeAccount,
  openBackpack,
  sendEverything,
  syncUntil,
  takeCode,
} from './world/account.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

async function unlock(settings: Tab, code: string): Promise<void> {
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
}

test('a second recovery code is made, the first given up, and at last every code replaced', async ({
  launchChromium,
  school,
  companion,
}) => {
  const first = await launchChromium();
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(first, companion);
  await sendEverything(first);

  const settings = await openBackpack(first, 'settings');
  await settings.click('button', 'Make another recovery code');
  await unlock(settings, code);
  const second = await takeCode(settings);
  expect(second).not.toBe(code);
  await seeText(settings, 'The new recovery code is in use, beside what was there before.');
  await settings.click('button', 'Stop using it Made with the backpack');
  await seeText(settings, 'Stop using this recovery code?');
  await settings.click('button', 'Stop using it');
  // The last one cannot be given up (T16).
  const last = await seeText(settings, [
    'That recovery code opens nothing any more.',
    'With a second one that is kept in another place',
  ]);
  expect(last).not.toContain('Stop using it');

  await settings.click('button', 'Replace every code');
  const third = await takeCode(settings);
  await seeText(settings, 'Only the new code opens your backpack now.');
  await settings.close();

  const other = await launchChromium();
  const refused = await openBackpack(other, 'settings');
  await refused.fill('textbox', 'Address of the server', companion.origin);
  await refused.click('button', 'Save server');
  await seeText(refused, 'The server was saved.');
  for (const old of [code, second]) {
    await refused.fill('textbox', 'Recovery code', old);
    await refused.click('button', 'Bring it in');
    await seeText(refused, 'This recovery code opens no backpack here.');
  }
  await refused.close();
  await joinBackpack(other, companion, third);
  await syncUntil(other, 'the badge', 'JavaScript');
});
