import { patienceMs, seeText, until } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';
const removedText = 'This browser was removed from your backpack.';
const onlyForMembers = [
  'Replace every code',
  'Add another browser',
  'Check number',
  'What your server keeps',
];

test('a lost browser is removed from the backpack: it is told so, keeps its badges, and can begin anew', async ({
  launch,
  school,
  companion,
}) => {
  const [first, lost] = [await launch(), await launch()];
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(first, companion);
  await sendEverything(first);
  await joinBackpack(lost, companion, code);
  await syncUntil(lost, 'the first badge', 'JavaScript');
  // What each browser calls itself has travelled with the rest.
  await sendEverything(lost);

  const settings = await openBackpack(first, 'settings');
  await settings.click('button', 'Sync now');
  await seeText(settings, ['Last here on', 'This browser', ...onlyForMembers]);
  const called = `${first.name === 'firefox' ? 'Firefox' : 'Chrome'} · Linux`;
  await settings.click('button', `Rename ${called}`, 1);
  await settings.fill('textbox', 'Name of this device', 'The laptop on the train');
  await settings.click('button', 'Save name');
  await seeText(settings, 'The laptop on the train');
  await settings.click('button', 'Remove from my backpack The laptop on the train');
  await seeText(settings, 'Remove “The laptop on the train” from your backpack?');
  await settings.click('button', 'Remove');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
  await seeText(settings, '“The laptop on the train” was removed from your backpack.');
  await until('devices are listed', async () => (await settings.count('listitem')) > 0);
  await settings.close();

  await claimFrom(lost, await givePeerBadge(school, 'good-teammate', anna));
  const removed = await openBackpack(lost, 'settings');
  // The claim alone has it sync, and so be told.
  const told = await seeText(
    removed,
    [removedText, 'Needs you', 'Save everything', 'Forget this browser'],
    2 * patienceMs,
  );
  // What the server would refuse it is not offered.
  for (const refused of onlyForMembers) expect(told).not.toContain(refused);
  const kept = await openBackpack(lost);
  // Whoever never looks into the settings is led there.
  await seeText(kept, ['2 badges', 'Needs you']);
  await kept.close();
  const sharing = await openBackpack(lost, 'sharing');
  expect(await seeText(sharing, removedText)).not.toContain('Choose badges');
  await sharing.close();
  const ofFirst = await openBackpack(first, 'sharing');
  expect(await seeText(ofFirst, 'Choose badges')).not.toContain(removedText);
  await ofFirst.close();

  await removed.click('button', 'Connect this browser anew');
  await seeText(removed, 'This browser can be connected anew.');
  await removed.close();
  await joinBackpack(lost, companion, code);
  await sendEverything(lost);
  await syncUntil(first, 'what the lost browser had not sent', 'Good Teammate');
});
