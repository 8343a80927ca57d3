import { expect } from 'vitest';
import { lookAtOwnProfile } from '../actions/look-at-own-profile.ts';
import { syncNow } from '../actions/sync-now.ts';
import { asked, linkOf, type MemoryBrowser } from './memory-browser.ts';

export const dayMs = 24 * 60 * 60 * 1000;

export async function sync(...browsers: readonly MemoryBrowser[]): Promise<void> {
  for (const browser of browsers) expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
}

/** A day later each of them looks at its learner's page; what made it stop syncing, if anything did. */
export async function aDayLater(...browsers: readonly MemoryBrowser[]): Promise<readonly unknown[]> {
  const found = [];
  for (const browser of browsers) {
    browser.time += dayMs;
    await lookAtOwnProfile(browser);
    found.push((await linkOf(browser)).distrust);
  }
  return found;
}
