import { parseUrl } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Offer } from '../../shared/offers/offer.ts';
import { offerKey, parseOffer } from '../../shared/offers/parse-offer.ts';
import { browser } from '../browser.ts';
import type { NoticedOffer, TabOffers } from '../channel.ts';
import { standingsOf } from '../store/badges.ts';
import {
  type KeptTabOffers,
  type OfferContent,
  readTabOffers,
  tabKey,
  urlOf,
  withoutFragment,
} from '../store/tab-offers.ts';
import { showCount } from './icon-count.ts';
import { lookIntoPage, lookIntoTab } from './look-into-tab.ts';
import { countNew, type FrameFound, readOffers } from './tab-row.ts';

/** Reads what a page offers that called out. */
export async function readPage(tab: number): Promise<void> {
  const [found, url] = await Promise.all([lookIntoPage(tab), urlOf(tab)]);
  if (found !== undefined) await noticeOffers(tab, url, found);
}

/** Takes in what the content script of a tab's top frame found. */
export async function noticeOffers(tab: number, address: string, found: FrameFound): Promise<void> {
  const read = await readOffers([found]);
  const url = withoutFragment(address);
  await changeRow(tab, (before) => ({
    page: found.host,
    url,
    access: 'granted',
    settled: before?.settled ?? [],
    ...read,
  }));
}

/** What a tab offers, its frames included, for the popup that was just opened. */
export async function offersOfTab(tab: number): Promise<TabOffers> {
  const frames = await lookIntoTab(tab);
  const [top] = frames ?? [];
  if (frames === undefined || top === undefined) {
    const row = await readTabOffers(tab);
    return row === undefined ? { page: '', access: 'withheld', offers: [], more: false } : shownOf(row);
  }
  const [read, url] = await Promise.all([readOffers(frames), urlOf(tab)]);
  const row = await changeRow(tab, (before) => ({
    page: top.host,
    url,
    access: 'granted',
    // What cannot be looked at has been seen now.
    settled: [...new Set([...(before?.settled ?? []), ...unsupportedKeys(read.offers)])],
    ...read,
  }));
  return shownOf(row);
}

export type OfferOfTab = { readonly noticed: NoticedOffer; readonly offer: Offer; readonly page: string };

/**
 * One offer of a tab with what it said; what was too long to keep is read from the page again.
 * Errors: `not-found` when the page does not offer it any more.
 */
export async function offerOfTab(tab: number, key: string): Promise<Result<OfferOfTab>> {
  const row = await readTabOffers(tab);
  const noticed = row?.offers.find((offer) => offer.key === key);
  if (row === undefined || noticed === undefined) return failed(new BackpackError('not-found', {}));
  const said = row.contents[key];
  const offer = said === undefined ? await askPage(tab, key) : parseContent(said);
  if (!offer.ok) return offer;
  return ok({ noticed, offer: offer.value, page: noticed.frame ?? row.page });
}

/** Offers whose looks wait for the row: they end in crowds, and one write serves all that have gathered meanwhile. */
const settling = new Map<number, { readonly keys: Set<string>; readonly done: Promise<unknown> }>();

/** Corrects the count: a look has shown that this offer is nothing new. */
export async function settleOffer(tab: number, key: string): Promise<void> {
  const crowd = settling.get(tab);
  if (crowd !== undefined) {
    crowd.keys.add(key);
    await crowd.done;
    return;
  }
  const keys = new Set([key]);
  const done = changeRow(tab, (before) => {
    settling.delete(tab);
    if (before === undefined) return undefined;
    return { ...before, settled: [...new Set([...before.settled, ...keys])] };
  }).finally(() => {
    if (settling.get(tab)?.keys === keys) settling.delete(tab);
  });
  settling.set(tab, { keys, done });
  await done;
}

/** Corrects every tab that has one of these offers, after the learner decided about them. */
export async function refreshTabs(keys: readonly string[]): Promise<void> {
  const rows = await browser.storage.session.get(null);
  for (const name of Object.keys(rows)) {
    const tab = Number(/^tab:(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(tab)) continue;
    await changeRow(tab, (before) =>
      before?.offers.some(({ key }) => keys.includes(key)) ? before : undefined,
    );
  }
}

function parseContent({ content, base }: OfferContent): Result<Offer> {
  const parsed = parseUrl(base);
  return parseOffer(content, parsed.ok ? parsed.value : undefined);
}

async function askPage(tab: number, key: string): Promise<Result<Offer>> {
  for (const frame of (await lookIntoTab(tab)) ?? [])
    for (const { content } of frame.candidates) {
      const offer = parseContent({ content, base: frame.base });
      if (offer.ok && (await offerKey(offer.value)) === key) return offer;
    }
  return failed(new BackpackError('not-found', {}));
}

function unsupportedKeys(offers: readonly NoticedOffer[]): readonly string[] {
  return offers.filter(({ kind }) => kind === 'not-supported-yet').map(({ key }) => key);
}

function shownOf({ page, access, offers, more }: KeptTabOffers): TabOffers {
  return { page, access, offers, more };
}

/**
 * Changes a tab's row and shows its count. One change at a time, because two messages may be on their way at once;
 * `undefined` leaves the row as it is.
 */
async function changeRow(
  tab: number,
  change: (before: KeptTabOffers | undefined) => KeptTabOffers,
): Promise<KeptTabOffers>;
async function changeRow(
  tab: number,
  change: (before: KeptTabOffers | undefined) => KeptTabOffers | undefined,
): Promise<KeptTabOffers | undefined>;
async function changeRow(
  tab: number,
  change: (before: KeptTabOffers | undefined) => KeptTabOffers | undefined,
): Promise<KeptTabOffers | undefined> {
  return navigator.locks.request(tabKey(tab), async () => {
    const changed = change(await readTabOffers(tab));
    if (changed === undefined) return undefined;
    const standings = await standingsOf(changed.offers.map(({ key }) => key));
    const offers = changed.offers.map((offer, index) => ({ ...offer, standing: standings[index] ?? 'new' }));
    const row: KeptTabOffers = { ...changed, offers };
    await keepRow(tab, row);
    await showCount(tab, countNew(row));
    return row;
  });
}

async function keepRow(tab: number, row: KeptTabOffers): Promise<void> {
  try {
    await browser.storage.session.set({ [tabKey(tab)]: row });
  } catch {
    // Full: 10 MB hold hundreds of tabs, so rows of closed ones have gathered. They go, and this one is tried again.
    await forgetClosedTabs();
    await browser.storage.session.set({ [tabKey(tab)]: { ...row, contents: {} } });
  }
}

/** Drops the rows of tabs that are closed. */
export async function forgetClosedTabs(): Promise<void> {
  const open = new Set((await browser.tabs.query({})).map(({ id }) => (id === undefined ? '' : tabKey(id))));
  const rows = await browser.storage.session.get(null);
  await browser.storage.session.remove(
    Object.keys(rows).filter((name) => name.startsWith('tab:') && !open.has(name)),
  );
}
