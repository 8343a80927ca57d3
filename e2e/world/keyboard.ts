type Pressed = {
  readonly press: (key: string) => Promise<void>;
  readonly evaluate: (text: string) => Promise<unknown>;
};

/** The text of what has the focus, or of the label that it is called by. */
export async function focused(tab: Pressed): Promise<string> {
  const text = 'document.activeElement?.labels?.[0]?.textContent ?? document.activeElement?.textContent';
  return String(await tab.evaluate(`(${text} ?? '').trim()`));
}

/** Presses Tab until what is called so has the focus. */
export async function tabTo(tab: Pressed, name: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    await tab.press('Tab');
    if ((await focused(tab)) === name) return;
  }
  throw new Error(`The Tab key never reached “${name}”.`);
}

/** Whether the page is wider than its window. */
export async function overflows(tab: Pressed): Promise<boolean> {
  return (await tab.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1',
  )) as boolean;
}
