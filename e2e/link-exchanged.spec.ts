import { seeText } from './browsers/browser.ts';
import { makeAccount, openBackpack, syncUntilSaid } from './world/account.ts';
import { addBrowser, numberOn, showText } from './world/link.ts';
import { expect, test } from './world/story.ts';

test('a text that was exchanged on the way lets nobody in unnoticed (T17)', async ({
  launchChromium,
  companion,
}) => {
  const [first, second, thief] = [await launchChromium(), await launchChromium(), await launchChromium()];
  const code = await makeAccount(first, companion);
  const { settings: joining } = await showText(second, companion);
  const { settings: stealing, text } = await showText(thief, companion);
  const adding = await addBrowser(first, text, code);
  const number = await numberOn(adding);
  expect(await numberOn(stealing)).toBe(number);
  // The browser in front of the learner goes on waiting and shows no number at all.
  const waiting = await seeText(joining, 'Waiting for the other browser.');
  expect(waiting).not.toContain(number);
  await joining.click('button', 'Do not join');
  await adding.close();

  // The learner sees a browser that he does not know, and removes it: from then on it is told nothing.
  await stealing.click('button', 'Yes, the same number');
  await seeText(stealing, 'Your devices');
  const settings = await openBackpack(first, 'settings');
  await settings.click('button', 'Sync now');
  const stranger = await seeText(settings, 'Last here on').then(() => 'Chrome · Linux');
  await settings.click('button', `Remove from my backpack ${stranger}`);
  await settings.click('button', 'Remove');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
  await seeText(settings, 'was removed from your backpack.');
  await syncUntilSaid(stealing, 'This browser was removed from your backpack.');
});
