import { type Found, findCandidates } from './find-candidates.ts';

/**
 * Notices the offers of a page and tells the background. It asks nobody, changes nothing in the page, and lives in a
 * world of its own, so that a page can neither see nor steer it.
 *
 * It looks once, then waits for the first change of the document, stops listening, looks again a little later, and
 * listens anew: what a busy page pays is a few looks a second at most, however many nodes it adds.
 */

declare global {
  /** In the isolated world only: asked by the background when the popup opens, in frames too. */
  var lookForOffers: (() => Found & { readonly host: string }) | undefined;
}

const shortestPauseMs = 250;
const longestPauseMs = 2_000;
/** A look is paid for with this many times its own length of rest. */
const restFactor = 30;

/** The back-off; doubled by the first look, which finds it halved. */
let pause = shortestPauseMs / 2;
/** What the last look cost asks for. */
let rest = 0;
let lookedAt = 0;
let reported = '';

const observer = new MutationObserver(() => {
  observer.disconnect();
  const wasQuiet = performance.now() - lookedAt > longestPauseMs;
  if (wasQuiet) pause = shortestPauseMs;
  setTimeout(look, Math.max(pause, rest));
});

function look(): void {
  const started = performance.now();
  const found = findCandidates(document);
  const text = found.candidates.length === 0 ? '' : JSON.stringify(found);
  const changed = text !== reported;
  // Only a page that offers something touches `chrome` at all: making that object costs more than the whole look.
  if (changed && !report(found, text)) return;
  lookedAt = performance.now();
  pause = changed ? shortestPauseMs : Math.min(pause * 2, longestPauseMs);
  rest = (lookedAt - started) * restFactor;
  observer.observe(document, { childList: true, subtree: true });
}

/** Tells the background; `false` when this copy was cut off from it by an update of the extension. */
function report(found: Found, text: string): boolean {
  if (chrome.runtime?.id === undefined) return false;
  reported = text;
  // Nobody listens while the extension is being replaced; the next look reports again.
  chrome.runtime.sendMessage({ kind: 'candidates', ...found }).catch(() => {
    reported = '';
  });
  return true;
}

function begin(): void {
  look();
  window.addEventListener('visibilitychange', () => {
    pause = shortestPauseMs;
  });
  // A page that comes back from the browser's back-forward cache has lost its count.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    reported = '';
    observer.disconnect();
    look();
  });
}

if (globalThis.lookForOffers === undefined) {
  globalThis.lookForOffers = () => ({ ...findCandidates(document), host: location.host });
  // A frame is looked at once, when it is asked.
  if (self === top) {
    if (document.readyState === 'loading') window.addEventListener('DOMContentLoaded', begin, { once: true });
    else begin();
  }
}
