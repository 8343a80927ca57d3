import { type Found, findCandidates } from './find-candidates.ts';

/**
 * Notices the offers of a page and tells the background. It asks nobody, changes nothing in the page, and lives in a
 * world of its own, so that a page can neither see nor steer it.
 *
 * It looks once, then waits for the first change of the document, stops listening, looks again a little later, and
 * listens anew: what a busy page pays is a few looks a second at most, however many nodes it adds. Most pages offer
 * nothing, so what only an offering page needs is not even made there: each object of the browser's that is touched
 * for the first time costs a tenth of a millisecond.
 */

declare global {
  /** In the isolated world only: asked by the background when the popup opens, in frames too. */
  var lookForOffers: (() => Found & { readonly host: string }) | undefined;
  /** In the isolated world only: set by the background where it wants the answer once, and no watching. */
  var lookOnce: boolean | undefined;
  /** In the isolated world only: the popup was opened here, so that every later look is as thorough as its own. */
  var lookThoroughly: boolean | undefined;
}

const shortestPauseMs = 250;
const longestPauseMs = 2_000;
/** A look is paid for with this many times its own length of rest, up to a ceiling that no changed clock exceeds. */
const restFactor = 30;
const longestRestMs = 10_000;

/** The back-off; doubled by the first look, which finds it halved. */
let pause = shortestPauseMs / 2;
/** What the last look cost asks for. */
let rest = 0;
let lookedAt = 0;
let reported = '';
let watchesReturn = false;

const observer = new MutationObserver(() => {
  observer.disconnect();
  const wasQuiet = Date.now() - lookedAt > longestPauseMs;
  if (wasQuiet) pause = shortestPauseMs;
  setTimeout(look, Math.max(pause, rest));
});

function look(): void {
  const started = Date.now();
  const found = findCandidates(document, globalThis.lookThoroughly === true);
  const text = found.candidates.length === 0 ? '' : JSON.stringify(found);
  const changed = text !== reported;
  if (changed && !report(found, text)) return;
  lookedAt = Date.now();
  pause = changed ? shortestPauseMs : Math.min(pause * 2, longestPauseMs);
  rest = Math.min((lookedAt - started) * restFactor, longestRestMs);
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
  watchReturn();
  return true;
}

/** A page that comes back from the browser's back-forward cache has lost its count. */
function watchReturn(): void {
  if (watchesReturn) return;
  watchesReturn = true;
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    reported = '';
    observer.disconnect();
    look();
  });
}

globalThis.lookForOffers = () => {
  globalThis.lookThoroughly = true;
  return { ...findCandidates(document, true), host: location.host };
};
// An element of the page named `lookOnce` is not `true`.
if (globalThis.lookOnce !== true) look();
