import { browser } from '../browser.ts';
import type { TabOffers } from '../channel.ts';

/**
 * What the open tabs offer, kept in `storage.session`: in memory only, gone with the browser, never on disk.
 * The background writes it; the popup may read it for its first paint before any background has started.
 */

/** Name of a tab's row in `storage.session`. */
export function tabKey(tab: number): string {
  return `tab:${tab}`;
}

/** A row as it is kept: what the pages see, and what the background needs to look at each offer. */
export type KeptTabOffers = TabOffers & {
  /** the page's address when its content script spoke: another one means another page */
  readonly url: string;
  /** what each offer said, by its key */
  readonly contents: Readonly<Record<string, OfferContent>>;
  /** keys that a look has shown to be nothing new: already kept, unreadable, not supported */
  readonly settled: readonly string[];
};

export type OfferContent = { readonly content: string; readonly base: string };

/**
 * The tab's row, or `undefined` when the page that is open there offered nothing so far. A page without offers says
 * nothing at all, so what an earlier page of the tab left behind is told by its address.
 */
export async function readTabOffers(tab: number): Promise<KeptTabOffers | undefined> {
  const key = tabKey(tab);
  const [rows, open] = await Promise.all([browser.storage.session.get(key), urlOf(tab)]);
  const row: unknown = rows[key];
  return isRow(row) && row.url === open ? row : undefined;
}

/** The address open in a tab without its fragment; '' where it may not be known, or the tab is gone. */
export async function urlOf(tab: number): Promise<string> {
  try {
    return withoutFragment((await browser.tabs.get(tab)).url ?? '');
  } catch {
    // No such tab any more.
    return '';
  }
}

export function withoutFragment(url: string): string {
  return url.split('#')[0] ?? '';
}

/** Written by the background alone, so its form needs no second look. */
function isRow(row: unknown): row is KeptTabOffers {
  return typeof row === 'object' && row !== null && 'offers' in row && 'url' in row;
}
