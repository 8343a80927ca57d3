import type { Detector } from './detector.ts';

/** `<meta name="openbadges:offer" content="…">` */
export const metaTag: Detector = {
  name: 'meta-tag',
  selector: 'meta[name="openbadges:offer"]',
  read: (element) => element.getAttribute('content') ?? undefined,
};
