import { type Browser, seeText, type Tab, until } from '../browsers/browser.ts';
import { makeAccount, openBackpack } from './account.ts';
import type { Companion } from './companion.ts';

/** What a learner chooses to show, and what he says of himself. */
export type ToShow = {
  readonly badges: readonly string[];
  readonly name?: string;
  readonly about?: string;
  /** the name in the address of his page */
  readonly handle?: string;
};

/** Takes the first steps of sharing, up to where it is said what becomes readable. */
export async function toWhatBecomesReadable(sharing: Tab, toShow: ToShow): Promise<void> {
  const { badges, name = 'Anna Builds', about, handle = 'anna-builds' } = toShow;
  for (const badge of badges) await sharing.click('checkbox', badge);
  await sharing.click('button', 'Continue');
  await sharing.fill('textbox', 'Your name', name);
  if (about !== undefined) await sharing.fill('textbox', 'A line about yourself', about);
  await sharing.fill('textbox', 'Name in the address', handle);
  await sharing.click('button', 'Continue');
  await seeText(sharing, 'will be able to read');
}

/** Makes an account for a browser's badges and publishes some of them: the opening of many stories. */
export async function publishFirst(
  browser: Browser,
  companion: Companion,
  badges: readonly string[],
): Promise<{ readonly code: string; readonly sharing: Tab; readonly address: string }> {
  const code = await makeAccount(browser, companion);
  const sharing = await openBackpack(browser, 'sharing');
  await toWhatBecomesReadable(sharing, { badges });
  await publish(sharing, code, badges.length);
  return { code, sharing, address: `${companion.origin}/@anna-builds` };
}

/** Presses the button under what becomes readable, and waits until it is published. */
export async function publish(sharing: Tab, code: string, badges: number): Promise<void> {
  await sharing.click('button', badges === 1 ? 'Publish 1 badge' : `Publish ${badges} badges`);
  // What an earlier publication said may still stand there: only the way to change it tells that it is over.
  await unlockIfAsked(
    sharing,
    code,
    async () => (await sharing.count('button', 'Change what is shown')) === 1,
  );
}

/** Signing as oneself needs the recovery code, unless this page has just had it. */
export async function unlockIfAsked(
  sharing: Tab,
  code: string,
  isDone: () => Promise<boolean>,
): Promise<void> {
  const asked = async () => (await sharing.count('textbox', 'Recovery code')) === 1;
  await until('it is done or locked', async () => (await isDone()) || (await asked()));
  if (await asked()) {
    await sharing.fill('textbox', 'Recovery code', code);
    await sharing.click('button', 'Unlock');
  }
  await until('it is done', isDone);
}

/** The same, where a sentence that was not there before says that it is done. */
export function unlockUntilSaid(sharing: Tab, code: string, sentence: string): Promise<void> {
  return unlockIfAsked(sharing, code, async () => (await sharing.text()).includes(sentence));
}
