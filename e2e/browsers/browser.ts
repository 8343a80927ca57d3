/** The roles that stories look for; the same words as in ARIA. */
export type Role =
  | 'button'
  | 'link'
  | 'heading'
  | 'textbox'
  | 'searchbox'
  | 'checkbox'
  | 'radio'
  | 'combobox'
  | 'status'
  | 'alert'
  | 'article'
  | 'listitem'
  | 'dialog'
  | 'img';

/** A page in a browser under test. Things are found as a screen reader names them, and waited for. */
export type Tab = {
  readonly goto: (address: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly address: () => Promise<string>;
  /** presses the first (or `nth`, from 0) of that role and name, once it is there */
  readonly click: (role: Role, name: string, nth?: number) => Promise<void>;
  /** replaces what a field holds */
  readonly fill: (role: Role, name: string, text: string) => Promise<void>;
  /** puts files into the page's only file field */
  readonly giveFile: (path: string) => Promise<void>;
  /** `Tab`, `Enter`, `Escape`, … or one character, sent to whatever has the focus */
  readonly press: (key: string) => Promise<void>;
  /** how many of that role and name can be found now */
  readonly count: (role: Role, name?: string) => Promise<number>;
  /** what can be read on the page as it is drawn now: nothing of what a far scroll away is not laid out */
  readonly text: () => Promise<string>;
  /** the value of an expression evaluated in the page, which must be JSON */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly screenshot: (file: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The popup as the toolbar's button opens it, over the page in front. */
export type ToolbarPopup = {
  readonly text: () => Promise<string>;
  /** presses the first button of that name, once it is there */
  readonly press: (name: string) => Promise<void>;
  /** its size on the screen, in CSS pixels */
  readonly size: () => Promise<{ readonly width: number; readonly height: number }>;
  readonly close: () => Promise<void>;
};

/** A browser with the built extension, and a profile of its own. */
export type Browser = {
  readonly name: 'chromium' | 'firefox';
  /** opens an ordinary page in a tab in front */
  readonly open: (address: string) => Promise<Tab>;
  /** opens the popup for a tab, in a tab beside it */
  readonly openPopup: (of: Tab) => Promise<Tab>;
  /** opens the real popup over a tab, as the toolbar's button does */
  readonly openToolbarPopup: (over: Tab) => Promise<ToolbarPopup>;
  /** opens a page of the extension, such as `backpack/index.html` */
  readonly openPage: (path: string) => Promise<Tab>;
  /** what the toolbar icon carries for a tab; `''` for nothing */
  readonly countOnIcon: (of: Tab) => Promise<string>;
  /** ends the browser and starts it again with the same profile; old tabs are gone */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type LaunchOptions = {
  /** public names that lead to a port of this machine, as `academy.example` → 41234; Chromium only */
  readonly hosts?: Readonly<Record<string, number>>;
  /** origins that are trusted like encrypted ones, as a page needs that computes with keys; Chromium only */
  readonly trusted?: readonly string[];
  /** a profile that is there already, and stays; Chromium only */
  readonly profile?: string;
  /** a built extension elsewhere than in `dist`; Chromium only */
  readonly extension?: string;
};

/** Longest wait for something on a page, in milliseconds: much, because the machine may be busy. */
export const patienceMs = 60_000;

/**
 * Reads the page of a `window` once it is drawn. Cards that were put in just now have no text before: whether they are
 * near enough to be laid out (`content-visibility`) is known only after a frame, and told to scripts in the next. Those of
 * a page that was just opened are left out of its first frame, which Firefox counts from the one after it.
 */
export function drawnText(window = 'window'): string {
  return `new Promise((done) => {
    const frame = (then) => ${window}.requestAnimationFrame(then);
    const after = (frames) =>
      frames === 0 ? done(${window}.document.body?.innerText ?? '') : frame(() => after(frames - 1));
    after(4);
  })`;
}

/** Asks again and again until the answer is neither `undefined` nor `false`. Rejects with `what` when it never is. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false> | Value | undefined | false,
  timeoutMs: number = patienceMs,
): Promise<Value> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (error) {
      // A page that is just being replaced cannot be asked: that is not yet an answer.
      last = error;
    }
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}.`, { cause: last });
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** One text, or several that are all to be seen at the same time. */
export type Wanted = string | RegExp | readonly (string | RegExp)[];

/** Those that a text lacks. */
export function missingIn(shown: string, wanted: Wanted): readonly (string | RegExp)[] {
  const each = typeof wanted === 'string' || wanted instanceof RegExp ? [wanted] : wanted;
  return each.filter((one) => (typeof one === 'string' ? !shown.includes(one) : !one.test(shown)));
}

/**
 * Waits until the page shows what is wanted, all of it at once; answers all that it shows then. What has come by itself
 * after one text is wanted together with it: a text read once, after a wait for another, may be read too early.
 */
export async function seeText(page: Pick<Tab, 'text'>, wanted: Wanted, timeoutMs?: number): Promise<string> {
  let shown = '';
  const look = async () => {
    shown = await page.text();
    return missingIn(shown, wanted).length === 0 && shown;
  };
  try {
    return await until('the page shows it', look, timeoutMs);
  } catch (cause) {
    const missing = missingIn(shown, wanted).join('\n');
    throw new Error(`The page never showed:\n${missing}\nIt shows:\n${shown}`, { cause });
  }
}

/** Waits until that many of a role and name can be found. */
export async function seeCount(tab: Tab, count: number, role: Role, name: string): Promise<void> {
  await until(`there is ${count} × ${role} “${name}”`, async () => (await tab.count(role, name)) === count);
}
