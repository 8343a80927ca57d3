import type { Detector } from './detector.ts';

/** `<link rel="openbadges" href="…">` */
export const link: Detector = {
  name: 'link',
  selector: 'link[rel~="openbadges"]',
  read: (element) => element.getAttribute('href') ?? undefined,
};
