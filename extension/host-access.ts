import { browser } from './browser.ts';

/**
 * Site access, as the browser grants it: a learner may narrow it to some sites or to a click, and then an address is not
 * silent but was never asked.
 */

/** Whether the browser lets the extension ask this origin. */
export function mayReach(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(origin)] });
}

/** Has the browser ask the learner; to be called within the press of a button, or it answers no by itself. */
export async function requestAccess(origin: string): Promise<boolean> {
  try {
    return await browser.permissions.request({ origins: [patternOf(origin)] });
  } catch {
    // A policy of the browser forbids the question: the same as a no.
    return false;
  }
}

/** Match patterns have no ports: access is given to a host. */
function patternOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}
