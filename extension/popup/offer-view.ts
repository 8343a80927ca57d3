import { sayError, sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import { type BadgeView, badgeView, maxNameLength } from '../../shared/views/badge-view.ts';
import { type CheckGroup, checkListView } from '../../shared/views/check-list-view.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { type PictureView, pictureView } from '../../shared/views/picture-view.ts';
import { type RecipientView, recipientView } from '../../shared/views/recipient-view.ts';
import type { ClaimMode, NoticedOffer } from '../channel.ts';
import type { ExtensionWords } from '../messages/words.ts';
import type { ShownOffer } from './offer-state.ts';

/**
 * The one full-width button of a card; `look` asks again, `private` asks a host of the learner's own network, `allow` has
 * the browser ask for access to a site and then looks again.
 */
export type OfferAction =
  | { readonly kind: 'keep'; readonly mode: ClaimMode; readonly label: string }
  | { readonly kind: 'look'; readonly label: string }
  | { readonly kind: 'allow'; readonly label: string; readonly origin: string }
  | { readonly kind: 'private'; readonly label: string; readonly host: string };

/** A card of the popup as plain data: every decision is here, the component lays it out. */
export type OfferView = {
  readonly name: string;
  readonly picture: PictureView;
  /** set once something was read */
  readonly badge?: BadgeView;
  readonly checks: readonly CheckGroup[];
  /** what the page claims, while nothing is read yet */
  readonly pageSays?: string;
  /** "offered by … inside this page" */
  readonly frame?: string;
  readonly looking: boolean;
  /** why it is not valid, or what failed */
  readonly sentence?: string;
  readonly remedy?: string;
  /** notes of a valid badge */
  readonly notes: readonly string[];
  readonly recipient?: RecipientView;
  /** the address that it was issued to can be added here */
  readonly asksAddress: boolean;
  readonly action?: OfferAction;
  readonly second?: OfferAction;
  /** asked before a badge that is not valid is kept */
  readonly confirm?: string;
  /** folded to one line: what became of it, and whether it can be undone */
  readonly folded?: { readonly sentence: string; readonly undo: boolean };
  readonly said?: string;
};

/** Decides all that one offer is shown with. */
export function offerView(shown: ShownOffer, words: ExtensionWords, page: string): OfferView {
  const { offer, state } = shown;
  const said = words.own.popup;
  const name = nameOf(offer, words, page);
  const common = {
    name,
    picture: pictureView({ name, hash: offer.key, struck: false, ...imageOf(offer) }, words),
    checks: [],
    ...(offer.frame === undefined
      ? {}
      : { frame: fill(said.frame, { host: hostText(offer.frame) }, words.formats) }),
    looking: false,
    notes: [],
    asksAddress: false,
    ...saidOf(shown, words),
  };
  switch (state.phase) {
    case 'looking':
      return { ...common, ...pageClaim(offer, words), looking: true };
    case 'asks-private': {
      const facts = { host: hostText(state.host) };
      return {
        ...common,
        ...pageClaim(offer, words),
        sentence: fill(said.askPrivateWhy, facts, words.formats),
        action: { kind: 'private', label: fill(said.askPrivate, facts, words.formats), host: state.host },
      };
    }
    case 'failed': {
      const { happened, remedy } = sayError(state.error, words);
      const again = { kind: 'look', label: said.tryAgain } as const;
      const canLook = offer.kind === 'hosted' && offer.error === undefined;
      const origin = state.error.code === 'access-withheld' ? state.error.facts['origin'] : undefined;
      const first: OfferAction =
        typeof origin === 'string'
          ? {
              kind: 'allow',
              label: fill(said.allowAccess, { host: hostText(new URL(origin).host) }, words.formats),
              origin,
            }
          : again;
      const later = { kind: 'keep', mode: 'keep-and-check-later', label: said.keepLater } as const;
      if (offer.kind === 'not-supported-yet')
        return {
          ...common,
          ...pageClaim(offer, words),
          sentence: said.notSupported,
          remedy: said.notSupportedRemedy,
        };
      if (offer.standing === 'claimed') return { ...common, folded: { sentence: said.already, undo: false } };
      return {
        ...common,
        ...pageClaim(offer, words),
        sentence: happened,
        remedy,
        ...(state.mayKeep
          ? first === again
            ? { action: later, second: again }
            : { action: first, second: later }
          : canLook
            ? { action: again }
            : {}),
      };
    }
    case 'looked':
      return { ...common, ...lookedView(name, state.card, words) };
    case 'dismissed':
    case 'kept': {
      const before = offerView({ offer, state: state.before, busy: false }, words, page);
      const sentence =
        state.phase === 'dismissed'
          ? said.dismissed
          : {
              claim: said.claimed,
              'keep-and-check-later': said.keptLater,
              'keep-as-unverified': said.keptUnverified,
            }[state.mode];
      return { ...before, ...saidOf(shown, words), folded: { sentence, undo: true } };
    }
  }
}

function lookedView(
  fallbackName: string,
  card: Extract<ShownOffer['state'], { phase: 'looked' }>['card'],
  words: ExtensionWords,
): Partial<OfferView> & Pick<OfferView, 'name' | 'picture' | 'checks' | 'notes' | 'asksAddress'> {
  const said = words.own.popup;
  const badge = badgeView(
    {
      badge: card.badge,
      verdict: card.verdict,
      issuerProof: card.issuerProof,
      ...(card.picture === undefined ? {} : { pictureAddress: card.picture }),
      fallbackName,
    },
    words,
  );
  const recipient = recipientView(card.match, words);
  const seen = {
    name: badge.name,
    picture: badge.picture,
    badge,
    checks: checkListView(card.verdict.checks, words),
    notes: badge.verdict.notes,
    // Also where other addresses of his did not match: he may have one more, or have mistyped the last.
    asksAddress:
      (card.match === 'not-yet-matched' || card.match === 'someone-elses') &&
      card.badge?.recipients.some(({ type }) => type === 'email') === true,
    ...(recipient.plain || card.badge === undefined ? {} : { recipient }),
    ...(card.verdict.outcome === 'valid' ? {} : { sentence: badge.verdict.sentence }),
    ...(card.verdict.outcome === 'valid' || badge.verdict.remedy === undefined
      ? {}
      : { remedy: badge.verdict.remedy }),
  };
  if (card.alreadyKept !== undefined) return { ...seen, folded: { sentence: said.already, undo: false } };
  const again = { kind: 'look', label: said.tryAgain } as const;
  switch (card.choice) {
    case 'claim':
      return { ...seen, action: { kind: 'keep', mode: 'claim', label: said.claim } };
    case 'keep-and-check-later':
      return {
        ...seen,
        action: { kind: 'keep', mode: 'keep-and-check-later', label: said.keepLater },
        ...(card.verdict.outcome === 'unreachable' ? { second: again } : {}),
      };
    case 'keep-as-unverified':
      return {
        ...seen,
        action: { kind: 'keep', mode: 'keep-as-unverified', label: said.keepUnverified },
        confirm: fill(said.keepUnverifiedAsk, { word: badge.verdict.word }, words.formats),
      };
    case 'nothing':
      return seen;
  }
}

function nameOf(offer: NoticedOffer, words: ExtensionWords, page: string): string {
  const claimed = offer.name === undefined ? '' : plainText(offer.name, maxNameLength);
  if (claimed !== '') return claimed;
  const host = offer.host ?? page;
  return fill(words.own.popup.someBadge, host === '' ? {} : { host: hostText(host) }, words.formats);
}

function pageClaim(offer: NoticedOffer, words: ExtensionWords): { pageSays?: string } {
  const issuer = offer.issuer === undefined ? '' : plainText(offer.issuer, 80);
  if (issuer === '') return {};
  return { pageSays: fill(words.own.popup.pageSaysIssuer, { name: issuer }, words.formats) };
}

function imageOf(offer: NoticedOffer): { address?: string } {
  return offer.image?.startsWith('data:image/') === true ? { address: offer.image } : {};
}

function saidOf(shown: ShownOffer, words: ExtensionWords): { said?: string } {
  if (shown.said === undefined) return {};
  if (shown.said === 'undone') return { said: words.own.popup.undone };
  if (shown.said === 'address-differs') return { said: words.own.popup.addressDiffers };
  return { said: sayErrorInFull(shown.said, words) };
}
