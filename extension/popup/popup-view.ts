import { sayError } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import type { ExtensionWords } from '../messages/words.ts';
import { claimableKeys, claimedTogether, type PopupState, type ShownOffer } from './offer-state.ts';

/** The frame of the popup: its heading, what stands instead of cards, and whether all can be claimed at once. */
export type PopupView = {
  readonly title: string;
  /** what is said where there are no cards */
  readonly empty?: { readonly sentence: string; readonly how?: string };
  /** said above the cards */
  readonly notice?: string;
  /** keys that `Claim all` takes; empty when there are fewer than two */
  readonly claimAll: readonly string[];
  /** what `Undo all` takes out again; empty when there are fewer than two, or more that could be claimed */
  readonly undoAll: readonly ShownOffer[];
  readonly looking: boolean;
  /** how many of many offers were looked at; it stays, so that nothing moves when the last answers */
  readonly progress?: string;
};

/** From how many offers on it is said how far the looking is: fewer are looked at all at once. */
const manyOffers = 7;

/** Decides what the popup says around its cards. `online`: what the browser knows of its connection. */
export function popupView(state: PopupState, online: boolean, words: ExtensionWords): PopupView {
  const said = words.own.popup;
  if (state.phase === 'opening') return { title: said.title, claimAll: [], undoAll: [], looking: true };
  if (state.phase === 'failed') {
    const { happened, remedy } = sayError(state.error, words);
    return {
      title: said.title,
      empty: { sentence: happened, how: remedy },
      claimAll: [],
      undoAll: [],
      looking: false,
    };
  }
  const { tab, offers } = state;
  if (offers.length === 0)
    return {
      title: said.titleNone,
      empty: tab.access === 'withheld' ? { sentence: said.cannotLook } : { sentence: said.how },
      claimAll: [],
      undoAll: [],
      looking: false,
    };
  const looking = offers.some((shown) => shown.state.phase === 'looking');
  const claimable = claimableKeys(offers);
  const together = claimedTogether(offers);
  const count = words.formats.plural(offers.length, tab.page === '' ? said.titleFoundHere : said.titleFound);
  const notice = !online
    ? said.offline
    : tab.more
      ? fill(said.tooMany, { count: offers.length }, words.formats)
      : undefined;
  return {
    title: fill(count, { host: hostText(tab.page) }, words.formats),
    ...(notice === undefined ? {} : { notice }),
    claimAll: claimable.length > 1 ? claimable : [],
    undoAll: together.length > 1 && claimable.length < 2 ? together : [],
    looking,
    ...progressOf(offers, words),
  };
}

function progressOf(offers: readonly ShownOffer[], words: ExtensionWords): { progress?: string } {
  const count = offers.length;
  if (count < manyOffers) return {};
  const done = offers.filter(({ state }) => state.phase !== 'looking').length;
  const said = words.own.popup;
  return {
    progress: done === count ? said.allLookedAt : fill(said.lookedAt, { done, count }, words.formats),
  };
}
