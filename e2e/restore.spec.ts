import { seeText } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

test('a second browser joins by recovery code and has everything', async ({ launch, school, companion }) => {
  const first = await launch();
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  await claimFrom(first, await givePeerBadge(school, 'good-teammate', anna));
  const code = await makeAccount(first, companion);
  await sendEverything(first);
  // A badge that was claimed after the account was made travels as well.
  await claimFrom(first, await earnBadge(school, 'php', anna));
  await sendEverything(first);
  await first.close();

  const second = await launch();
  const empty = await openBackpack(second);
  await seeText(empty, 'Your first badge will lie here');
  await empty.close();

  // One wrong character is noticed before anything is asked of anybody.
  const settings = await openBackpack(second, 'settings');
  await settings.fill('textbox', 'Address of the server', companion.origin);
  await settings.click('button', 'Save server');
  await seeText(settings, 'The server was saved.');
  await settings.fill('textbox', 'Recovery code', withOneOther(code));
  await settings.click('button', 'Bring it in');
  const passkey = 'Use your passkey';
  const mistyped = /not.*code|code.*not|mistyped|wrong/i;
  // A choice that cannot work is not shown: Firefox has no passkeys for an extension's page and a server.
  const shownBefore = await seeText(settings, second.name === 'firefox' ? mistyped : [mistyped, passkey]);
  expect(shownBefore).not.toContain('Your recovery code is in use.');
  if (second.name === 'firefox') expect(shownBefore).not.toContain(passkey);
  await settings.close();

  await joinBackpack(second, companion, code.toLowerCase());
  await syncUntil(second, 'all three badges', ['3 badges', 'JavaScript', 'PHP', 'Good Teammate']);

  // Pictures and snapshots came along: the badge is whole although its issuer is gone.
  await school.close();
  await second.restart();
  const backpack = await openBackpack(second);
  await seeText(backpack, '3 badges');
  await backpack.click('link', 'JavaScript');
  await seeText(backpack, [
    'What the check rested on',
    '/classes/javascript',
    'Writes a small function that does what was asked',
  ]);
});

function withOneOther(code: string): string {
  const first = code.charAt(0);
  return (first === '7' ? '8' : '7') + code.slice(1);
}
