import type { Detector } from './detector.ts';

/** `<link type="application/vc…" href="…">`: a page that links to its credential without naming it an offer. */
export const typedLink: Detector = {
  name: 'typed-link',
  waitsForPopup: true,
  selector: 'link[type^="application/vc"]',
  read: (element) =>
    // Business cards begin the same way.
    /^application\/vc(?:$|[+;\s])/.test(element.getAttribute('type') ?? '')
      ? (element.getAttribute('href') ?? undefined)
      : undefined,
};
