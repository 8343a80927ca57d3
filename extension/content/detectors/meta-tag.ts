import type { Detector } from './detector.ts';
import { metaTagSelector } from './noticed-selectors.ts';

/** `<meta name="openbadges:offer" content="…">` */
export const metaTag: Detector = {
  name: 'meta-tag',
  selector: metaTagSelector,
  read: (element) => element.getAttribute('content') ?? undefined,
};
