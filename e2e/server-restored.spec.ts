import { cp, rm } from 'node:fs/promises';
import { seeText, until } from './browsers/browser.ts';
import {
  joinBackpack,
  makeAccount,
  openBackpack,
  sendEverything,
  syncUntil,
  syncUntilSaid,
} from './world/account.ts';
import { claimFrom, earnBadge, givePeerBadge } from './world/learner.ts';
import { test } from './world/story.ts';

const anna = 'anna@example.org';

test('a server restored from a backup is sent again what it lost, once the learner says so', async ({
  launchChromium,
  school,
  companion,
}) => {
  const first = await launchChromium();
  await claimFrom(first, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(first, companion);
  await sendEverything(first);
  await companion.stop();
  const backup = `${companion.dataDirectory}-backup`;
  await cp(companion.dataDirectory, backup, { recursive: true });
  await companion.start();

  // After the backup: another badge, and another browser.
  await claimFrom(first, await earnBadge(school, 'php', anna));
  await sendEverything(first);
  const second = await launchChromium();
  await joinBackpack(second, companion, code);
  await syncUntil(second, 'both badges', '2 badges');
  const devices = await openBackpack(first, 'settings');
  await syncUntilSaid(devices, 'Remove from my backpack');
  await devices.close();

  await companion.stop();
  await rm(companion.dataDirectory, { recursive: true });
  await cp(backup, companion.dataDirectory, { recursive: true });
  await rm(backup, { recursive: true });
  await companion.start();

  const settings = await openBackpack(first, 'settings');
  await syncUntilSaid(settings, [/The server has lost \d+ changes that it had\./, 'Needs you']);
  // The server has forgotten the second browser too, which only the learner himself may add again.
  await settings.click('button', 'It was restored: send it back');
  await seeText(settings, 'The server has forgotten changes of your browsers or recovery codes too.');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
  await seeText(settings, ['The server has back what it lost.', 'This browser has sent them again.']);
  await settings.close();
  await sendEverything(first);

  // The second browser remembers more than the server, too, and goes the same way by itself.
  const other = await openBackpack(second, 'settings');
  await syncUntilSaid(other, 'The server shows a different history');
  await other.click('button', 'It was restored: send it back');
  await seeText(other, 'The server has back what it lost.');
  await other.close();

  await claimFrom(first, await givePeerBadge(school, 'good-teammate', anna));
  await sendEverything(first);
  await syncUntil(second, 'what was claimed since', ['3 badges', 'JavaScript', 'PHP', 'Good Teammate']);
  await sendEverything(second);
  await sendEverything(first);
  await until(
    'both stand at the same place',
    async () => (await logNumberOf(first)) === (await logNumberOf(second)),
  );
});

async function logNumberOf(browser: Parameters<typeof openBackpack>[0]): Promise<string> {
  const settings = await openBackpack(browser, 'settings');
  const shown = await seeText(settings, /Check number \d{4} \d{4}/);
  await settings.close();
  return /Check number (\d{4} \d{4})/.exec(shown)?.[1] ?? '';
}
