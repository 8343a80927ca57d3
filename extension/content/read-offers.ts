import { type Found, findCandidates } from './find-candidates.ts';

/**
 * Reads what a page offers, for the background: put into a page that was noticed to offer something, and into every
 * frame when the popup opens. Like the rest of the content scripts it asks nobody and changes nothing in the page.
 */

declare global {
  /** In the isolated world only; `thorough`: from now on with what waits for the popup. */
  var readOffers: ((thorough: boolean) => Found & { readonly host: string }) | undefined;
}

let thorough = false;
let reported = '';

function read(): Found {
  const found = findCandidates(document, thorough);
  reported = found.candidates.length === 0 ? '' : JSON.stringify(found);
  return found;
}

function report(): boolean {
  const before = reported;
  const found = read();
  if (reported === before) return false;
  // Nobody listens while the extension is being replaced; the next look reports again.
  chrome.runtime?.sendMessage({ kind: 'candidates', ...found }).catch(() => {
    reported = before;
  });
  return true;
}

if (typeof globalThis.readOffers !== 'function') {
  globalThis.readOffers = (wanted) => {
    thorough ||= wanted;
    return { ...read(), host: location.host };
  };
  globalThis.reportOffers = report;
  // A page that comes back from the browser's back-forward cache has lost its count.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    reported = '';
    report();
  });
}
