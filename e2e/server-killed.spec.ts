import { seeText } from './browsers/browser.ts';
import { joinBackpack, makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { test } from './world/story.ts';

const anna = 'anna@example.org';

test('a server killed between two pushes has lost nothing that it acknowledged, and takes the rest afterwards', async ({
  launchChromium,
  school,
  companion,
}) => {
  const first = await launchChromium();
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(first, companion);
  await sendEverything(first);

  await companion.kill();
  await claimFrom(first, await earnBadge(school, 'php', anna));
  // Said plainly while it is away; the claim is safe in this browser all the same.
  const settings = await openBackpack(first, 'settings');
  await settings.click('button', 'Sync now');
  await seeText(settings, ['Saved here', '1 change waits to be sent.']);
  await settings.close();
  await companion.start();
  const second = await launchChromium();
  await joinBackpack(second, companion, code);
  await syncUntil(second, 'what was acknowledged before the kill', 'JavaScript');

  await sendEverything(first);
  await companion.kill();
  await companion.start();
  await claimFrom(first, await givePeerBadge(school, 'good-teammate', anna));
  await sendEverything(first);
  await syncUntil(second, 'all of it', ['3 badges', 'JavaScript', 'PHP', 'Good Teammate']);
});
