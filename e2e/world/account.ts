import {
  type Browser,
  missingIn,
  patienceMs,
  seeText,
  type Tab,
  until,
  type Wanted,
} from '../browsers/browser.ts';
import type { Companion } from './companion.ts';

/** Opens a place of the backpack: `''` for the badges, or `settings`, `sharing`, `trash`, … */
export function openBackpack(browser: Browser, place = ''): Promise<Tab> {
  return browser.openPage(`backpack/index.html#/${place}`);
}

async function chooseServer(settings: Tab, companion: Companion): Promise<void> {
  await settings.fill('textbox', 'Address of the server', companion.origin);
  await settings.click('button', 'Save server');
  await seeText(settings, 'The server was saved.');
}

/** Makes an account on the server as a learner does, typing two groups back; answers the recovery code. */
export async function makeAccount(browser: Browser, companion: Companion): Promise<string> {
  const settings = await openBackpack(browser, 'settings');
  await chooseServer(settings, companion);
  await settings.click('button', 'Make a recovery code');
  const code = await takeCode(settings);
  await seeText(settings, 'Your recovery code is in use.');
  await settings.close();
  return code;
}

/** Reads the code that a page shows, and types back what it asks for. */
export async function takeCode(settings: Tab): Promise<string> {
  const code = await until('the code is shown', async () => {
    const groups = (await settings.evaluate(
      "[...document.querySelectorAll('main code')].map((one) => one.textContent.trim())",
    )) as readonly string[];
    return groups.length === 7 && groups.join('-');
  });
  await settings.click('button', 'I have it in safe keeping');
  const fields = await until('two groups are asked for', async () => {
    const labels = (await settings.evaluate(
      "[...document.querySelectorAll('label')].map((one) => one.textContent.trim())",
    )) as readonly string[];
    const groups = labels.filter((label) => label.startsWith('Group '));
    return groups.length === 2 && groups;
  });
  for (const field of fields) {
    const group = code.split('-')[Number(field.slice('Group '.length)) - 1] ?? '';
    await settings.fill('textbox', field, group);
  }
  await settings.click('button', 'Confirm');
  return code;
}

/** Brings a backpack into another browser by its recovery code. */
export async function joinBackpack(browser: Browser, companion: Companion, code: string): Promise<void> {
  const settings = await openBackpack(browser, 'settings');
  await chooseServer(settings, companion);
  await settings.fill('textbox', 'Recovery code', code);
  await settings.click('button', 'Bring it in');
  await seeText(settings, 'Your recovery code is in use.');
  await settings.close();
}

/** Syncs until nothing waits to be sent. */
export async function sendEverything(browser: Browser): Promise<void> {
  const settings = await openBackpack(browser, 'settings');
  await syncUntilShown(settings, settings, 'everything is sent', [
    'Everything is sent.',
    'On all your devices',
  ]);
  await settings.close();
}

/**
 * Has a browser ask its server, and waits until its settings say what came of that. It may have asked by itself, and
 * what it learnt may have taken the button away: then there is nothing to press.
 */
export async function syncUntilSaid(settings: Tab, wanted: Wanted): Promise<string> {
  const press = `[...document.querySelectorAll('main button')]
    .filter(({ textContent }) => textContent === 'Sync now')
    .map((button) => button.click()).length`;
  return until(
    'the settings say what came of syncing',
    async () => {
      await settings.evaluate(press);
      return seeText(settings, wanted, 3_000);
    },
    2 * patienceMs,
  );
}

/** Syncs until the backpack shows what is wanted, all of it at once. */
export async function syncUntil(browser: Browser, what: string, wanted: Wanted): Promise<void> {
  const settings = await openBackpack(browser, 'settings');
  const backpack = await openBackpack(browser);
  await syncUntilShown(settings, backpack, what, wanted);
  await settings.close();
  await backpack.close();
}

/** Presses `Sync now`, waits a while for the outcome, and presses again: another device may not have sent yet. */
async function syncUntilShown(settings: Tab, watched: Tab, what: string, wanted: Wanted): Promise<void> {
  let shown = '';
  const look = async () => {
    shown = await watched.text();
    return missingIn(shown, wanted).length === 0;
  };
  const press = async () => {
    await settings.click('button', 'Sync now');
    return until(what, look, 3_000).catch(() => false);
  };
  await until(what, press, 2 * patienceMs).catch((cause: unknown) => {
    throw new Error(`Never came: ${what}. The backpack shows:\n${shown}`, { cause });
  });
}
