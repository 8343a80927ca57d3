export const metaTagSelector = 'meta[name="openbadges:offer"]';
export const linkSelector = 'link[rel~="openbadges"]';

/**
 * What is looked for on every page: the selectors of all detectors that do not wait for the popup, without the
 * detectors themselves, whose making every page would pay for.
 */
export const noticedSelectors: readonly string[] = [metaTagSelector, linkSelector];
