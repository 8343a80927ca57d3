import { type Authenticator, authenticatorAt } from './browsers/authenticator.ts';
import { seeText, type Tab, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import { makeAccount, openBackpack, sendEverything, syncUntil } from './world/account.ts';
import { findings } from './world/axe.ts';
import type { Companion } from './world/companion.ts';
import { claimFrom, earnBadge } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const anna = 'anna@example.org';

/** The settings, with an authenticator that answers in them. */
async function settingsWith(
  browser: ChromiumBrowser,
  how: { readonly hasPrf: boolean },
): Promise<{ settings: Tab; authenticator: Authenticator }> {
  const settings = await openBackpack(browser, 'settings');
  return { settings, authenticator: await authenticatorAt(browser.pageOf(settings), how) };
}

async function makePasskey(settings: Tab, code: string): Promise<void> {
  await settings.click('button', 'Make a passkey');
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Continue');
}

/** Wipes this browser, and tells it again which server the backpack is on. */
async function forget(settings: Tab, companion: Companion): Promise<void> {
  await settings.click('button', 'Forget this browser');
  await seeText(settings, 'Everything is on your server.');
  await settings.click('button', 'Wipe it here');
  await seeText(settings, 'Your backpack was wiped from this browser.');
  await settings.fill('textbox', 'Address of the server', companion.origin);
  await settings.click('button', 'Save server');
  await seeText(settings, 'The server was saved.');
}

test('a passkey brings every badge back to a browser that was forgotten, and opens nothing once it was removed', async ({
  launchChromium,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', anna));
  await claimFrom(browser, await earnBadge(school, 'php', anna));
  const code = await makeAccount(browser, companion);
  await sendEverything(browser);

  const { settings, authenticator } = await settingsWith(browser, { hasPrf: true });
  await makePasskey(settings, code);
  await seeText(settings, [
    'The passkey is in use, beside what was there before.',
    /Made on .* in Chrome · Linux/,
  ]);
  expect(await authenticator.count()).toBe(1);
  expect(await findings(browser.pageOf(settings), 'light')).toEqual([]);

  await forget(settings, companion);
  await settings.click('button', 'Use your passkey');
  await seeText(settings, 'Your recovery code is in use.');
  await syncUntil(browser, 'both badges', '2 badges');

  // A reloaded page has forgotten what opened the backpack: the passkey opens it again, in place of the code.
  await settings.reload();
  await settings.click('button', 'Keep this browser unlocked');
  await settings.click('button', 'Use your passkey');
  await seeText(settings, 'This browser stays unlocked.');

  // Its name says when and where it was made; of the codes there is one, which stays.
  const removals =
    "[...document.querySelectorAll('#part-ways-in .page-list button')].map((one) => one.textContent).join('|')";
  const removal = await until('the passkey is listed', async () => {
    const said = String(await settings.evaluate(removals));
    return /^Stop using it Made on [^|]* in Chrome · Linux$/.test(said) && said;
  });
  await settings.click('button', removal);
  await seeText(settings, 'Stop using this passkey?');
  await settings.click('button', 'Stop using it');
  await seeText(settings, 'That passkey opens nothing any more.');
  await forget(settings, companion);
  await settings.click('button', 'Use your passkey');
  await seeText(settings, 'This passkey opens no backpack here.');
  // Whoever cannot unlock the screen is not asked any further (T15).
  await authenticator.verifies(false);
  await settings.click('button', 'Use your passkey');
  await seeText(settings, [
    'Your device did not confirm that it is you.',
    'Try again; your recovery code works as before.',
  ]);
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Bring it in');
  await seeText(settings, 'Your recovery code is in use.');
  await syncUntil(browser, 'both badges', '2 badges');
});

test('a device whose passkeys cannot open a backpack is told so, and nothing is lost', async ({
  launchChromium,
  school,
  companion,
}) => {
  const browser = await launchChromium();
  await claimFrom(browser, await earnBadge(school, 'javascript', anna));
  const code = await makeAccount(browser, companion);
  await sendEverything(browser);
  const { settings, authenticator } = await settingsWith(browser, { hasPrf: false });
  await makePasskey(settings, code);
  await seeText(settings, [
    'This device can make passkeys, but none that can open a backpack.',
    'Nothing was changed: your recovery code and your other browsers work as before.',
  ]);
  // It was made before the browser could know, and is not left behind on the device.
  await until('no passkey is left', async () => (await authenticator.count()) === 0);
  // Whoever works by keys stands at the button to try again, and goes back to the part that he came from.
  const button = 'document.activeElement.textContent';
  await until('it has the focus', async () => (await settings.evaluate(button)) === 'Make a passkey');
  await settings.click('button', 'Cancel');
  await seeText(settings, 'There is 1.');
  const head = 'Ways to open your backpack';
  await until('the part has the focus', async () => (await settings.evaluate(button)) === head);
  // The list above the settings leads by keyboard to each of their parts.
  const focused = () =>
    settings.evaluate("[document.activeElement.tagName, document.activeElement.textContent].join(' ')");
  await settings.click('link', 'Forget this browser');
  await until('the part is reached', async () => (await focused()) === 'H2 Forget this browser');
  await settings.press('Tab');
  await until('its button is next', async () => (await focused()) === 'BUTTON Forget this browser');
  await forget(settings, companion);
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Bring it in');
  await syncUntil(browser, 'the badge', 'JavaScript');
});
