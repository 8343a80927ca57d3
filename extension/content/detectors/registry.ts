import type { Detector } from './detector.ts';
import { link } from './link.ts';
import { metaTag } from './meta-tag.ts';
import { typedLink } from './typed-link.ts';

/** In the order in which their offers are listed. */
export const detectors: readonly Detector[] = [metaTag, link, typedLink];
