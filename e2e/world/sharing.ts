import { type Tab, until } from '../browsers/browser.ts';

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
