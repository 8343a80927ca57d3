import type { Detector } from './detector.ts';
import { linkSelector } from './noticed-selectors.ts';

/** `<link rel="openbadges" href="…">` */
export const link: Detector = {
  name: 'link',
  selector: linkSelector,
  read: (element) => element.getAttribute('href') ?? undefined,
};
