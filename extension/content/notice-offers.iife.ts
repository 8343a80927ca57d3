import { noticedSelectors } from './detectors/noticed-selectors.ts';

/**
 * Notices that a page offers something, and nothing more. It asks nobody, changes nothing in the page, and lives in a
 * world of its own, so that a page can neither see nor steer it.
 *
 * It looks once, then waits for the first change of the document, stops listening, looks again a little later, and
 * listens anew: what a busy page pays is a few looks a second at most, however many nodes it adds. Most pages offer
 * nothing, and pay for every line that stands here: what reads offers (`read-offers`) comes only where there are some.
 */

declare global {
  /**
   * In the isolated world only, put there by `read-offers` once the page offers something or the popup was opened:
   * tells the background what the page offers now. True when that is news.
   */
  var reportOffers: (() => boolean) | undefined;
}

const shortestPauseMs = 250;
const longestPauseMs = 2_000;
/** A look is paid for with this many times its own length of rest, up to a ceiling that no changed clock exceeds. */
const restFactor = 30;
const longestRestMs = 10_000;

/** The back-off, what the last look cost asks for, and when it was. */
let pause = shortestPauseMs;
let rest = 0;
let lookedAt = 0;

const observer = new MutationObserver(() => {
  observer.disconnect();
  const wasQuiet = Date.now() - lookedAt > longestPauseMs;
  if (wasQuiet) pause = shortestPauseMs;
  setTimeout(look, Math.max(pause, rest));
});

function observe(): void {
  observer.observe(document, { childList: true, subtree: true });
}

function look(): void {
  const started = Date.now();
  const calls = globalThis.reportOffers !== undefined || hasOffers();
  // A copy that was cut off from the background by an update of the extension goes silent.
  if (calls && chrome.runtime?.id === undefined) return;
  const news = calls && call();
  lookedAt = Date.now();
  pause = news ? shortestPauseMs : Math.min(pause * 2, longestPauseMs);
  rest = Math.min((lookedAt - started) * restFactor, longestRestMs);
  observe();
}

function hasOffers(): boolean {
  for (const selector of noticedSelectors) if (document.querySelector(selector) !== null) return true;
  return false;
}

/** Tells the background what is there, or, where nothing can read it yet, that there is something. */
function call(): boolean {
  // An element of the page by this name is no function.
  if (typeof globalThis.reportOffers === 'function') return globalThis.reportOffers();
  // Nobody listens while the extension is being replaced; the next look calls again.
  chrome.runtime.sendMessage({ kind: 'offers-here' }).catch(() => undefined);
  return true;
}

// The first look of a page without offers: neither the clock nor the extension's own interface is touched for it,
// each of which would cost as much again.
if (hasOffers()) look();
else observe();
