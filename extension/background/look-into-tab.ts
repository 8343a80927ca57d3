import type { Scripting } from 'webextension-polyfill';
import { browser } from '../browser.ts';
import { readFound } from './message.ts';
import type { FrameFound } from './tab-row.ts';

/** Built from `content/read-offers.ts`. */
const reader = 'content/read-offers.js';
/** Most frames of a tab that are looked into, and how long a page that does not answer is waited for. */
const maxFrames = 50;
const lookTimeoutMs = 2_000;

/**
 * Looks once into all frames of a tab, because the learner opened the popup; the top frame is the first answer.
 * `undefined` when the browser lets the extension see nothing there, or the page does not answer in time.
 */
export async function lookIntoTab(tab: number): Promise<readonly FrameFound[] | undefined> {
  const timer = Promise.withResolvers<undefined>();
  const timeout = setTimeout(() => timer.resolve(undefined), lookTimeoutMs);
  try {
    return await Promise.race([ask(tab), timer.promise]);
  } catch {
    // No permission for this page: its own settings page, a store, a site whose access the learner withholds.
    return undefined;
  } finally {
    clearTimeout(timeout);
  }
}

async function ask(tab: number): Promise<readonly FrameFound[] | undefined> {
  const answers = await readOffersOf({ tabId: tab, allFrames: true }, true);
  const frames = answers
    .toSorted((a, b) => a.frameId - b.frameId)
    .slice(0, maxFrames)
    .flatMap(({ frameId, result }) => {
      const found = readFound(result);
      return found === undefined ? [] : [{ frameId, found: { ...found, host: hostIn(result) } }];
    });
  return frames[0]?.frameId === 0 ? frames.map(({ found }) => found) : undefined;
}

/** What the top frame of a page that calls out offers, as `lookIntoTab` answers it. */
export async function lookIntoPage(tab: number): Promise<FrameFound | undefined> {
  const [answer] = await readOffersOf({ tabId: tab }, false);
  const found = readFound(answer?.result);
  return found === undefined ? undefined : { ...found, host: hostIn(answer?.result) };
}

async function readOffersOf(target: Scripting.InjectionTarget, thorough: boolean) {
  await browser.scripting.executeScript({ target, files: [reader], injectImmediately: true });
  return browser.scripting.executeScript({
    target,
    func: (wanted: boolean) => globalThis.readOffers?.(wanted),
    args: [thorough],
    injectImmediately: true,
  });
}

/** The content script reads it from the browser's own `location`, which no page can forge. */
function hostIn(result: unknown): string {
  return typeof result === 'object' && result !== null && 'host' in result && typeof result.host === 'string'
    ? result.host
    : '';
}
