import type {
  Claimed,
  ClaimMode,
  Failure,
  LookedCard,
  LookedOffer,
  NoticedOffer,
  TabOffers,
} from '../channel.ts';

/** Where one offer of the page stands in this popup. */
export type OfferState =
  | { readonly phase: 'looking' }
  | { readonly phase: 'looked'; readonly card: LookedCard }
  | { readonly phase: 'failed'; readonly error: Failure; readonly mayKeep: boolean }
  /** the offer leads into the learner's own network: asked only at his word */
  | { readonly phase: 'asks-private'; readonly host: string }
  | {
      readonly phase: 'kept';
      readonly mode: ClaimMode;
      readonly badge: Claimed['badge'];
      /** with all others, by one press, which one press undoes */
      readonly together: boolean;
      readonly before: OfferState;
    }
  | { readonly phase: 'dismissed'; readonly before: OfferState };

export type ShownOffer = {
  readonly offer: NoticedOffer;
  readonly state: OfferState;
  /** an action of the learner is on its way */
  readonly busy: boolean;
  /** said once, after an action */
  readonly said?: Failure | 'undone' | 'address-differs';
};

export type PopupState =
  | { readonly phase: 'opening' }
  | { readonly phase: 'failed'; readonly error: Failure }
  | { readonly phase: 'open'; readonly tab: TabOffers; readonly offers: readonly ShownOffer[] };

export type PopupChange =
  | { readonly kind: 'opened'; readonly tab: TabOffers }
  | { readonly kind: 'open-failed'; readonly error: Failure }
  | { readonly kind: 'look-started'; readonly key: string }
  | { readonly kind: 'looked'; readonly looked: LookedOffer; readonly key: string }
  | { readonly kind: 'look-failed'; readonly key: string; readonly error: Failure }
  | { readonly kind: 'busy'; readonly keys: readonly string[] }
  | {
      readonly kind: 'kept';
      readonly key: string;
      readonly mode: ClaimMode;
      readonly badge: Claimed['badge'];
      readonly together: boolean;
    }
  | { readonly kind: 'undone'; readonly key: string }
  | { readonly kind: 'dismissed'; readonly key: string }
  | { readonly kind: 'said'; readonly key: string; readonly said: Failure | 'address-differs' };

/** The next state of the popup; pure, so that each step can be read and tested by itself. */
export function changePopup(state: PopupState, change: PopupChange): PopupState {
  switch (change.kind) {
    case 'opened':
      return { phase: 'open', tab: change.tab, offers: change.tab.offers.map(keepingState(state)) };
    case 'open-failed':
      return { phase: 'failed', error: change.error };
    case 'look-started':
      return withOffer(state, change.key, ({ offer }) => ({
        offer,
        state: { phase: 'looking' },
        busy: false,
      }));
    case 'looked':
      return withOffer(state, change.key, ({ offer }) => ({
        offer,
        state: lookedState(change.looked),
        busy: false,
      }));
    case 'look-failed':
      return withOffer(state, change.key, ({ offer }) => ({
        offer,
        state: { phase: 'failed', error: change.error, mayKeep: false },
        busy: false,
      }));
    case 'busy':
      return change.keys.reduce(
        (next, key) =>
          withOffer(next, key, ({ offer, state: before }) => ({ offer, state: before, busy: true })),
        state,
      );
    case 'kept':
      return withOffer(state, change.key, ({ offer, state: before }) => ({
        offer,
        state: { phase: 'kept', mode: change.mode, badge: change.badge, together: change.together, before },
        busy: false,
      }));
    case 'undone':
      return withOffer(state, change.key, ({ offer, state: now }) => ({
        offer,
        state: now.phase === 'kept' || now.phase === 'dismissed' ? now.before : now,
        busy: false,
        said: 'undone',
      }));
    case 'dismissed':
      return withOffer(state, change.key, ({ offer, state: before }) => ({
        offer,
        state: { phase: 'dismissed', before },
        busy: false,
      }));
    case 'said':
      return withOffer(state, change.key, ({ offer, state: now }) => ({
        offer,
        state: now,
        busy: false,
        said: change.said,
      }));
  }
}

/**
 * Keys of the offers that `Claim all` takes: looked at, good, and not in the backpack yet. What has expired or is
 * issued to somebody else can still be claimed, by its own button, under its own words.
 */
export function claimableKeys(offers: readonly ShownOffer[]): readonly string[] {
  return offers
    .filter(({ state }) => state.phase === 'looked' && isGood(state.card))
    .map(({ offer }) => offer.key);
}

/** What `Claim all` has put into the backpack, and is still there. */
export function claimedTogether(offers: readonly ShownOffer[]): readonly ShownOffer[] {
  return offers.filter(({ state, busy }) => state.phase === 'kept' && state.together && !busy);
}

function isGood({ verdict, match, choice, alreadyKept }: LookedCard): boolean {
  return (
    verdict.outcome === 'valid' &&
    match !== 'someone-elses' &&
    choice === 'claim' &&
    alreadyKept === undefined
  );
}

/** True for an offer that a look can come of. */
export function isLookable(offer: NoticedOffer): boolean {
  return (offer.kind === 'hosted' || offer.kind === 'data') && offer.error === undefined;
}

/** An offer that is already shown keeps where it stands: looks may be done before the background has answered. */
function keepingState(state: PopupState): (offer: NoticedOffer) => ShownOffer {
  const shown = state.phase === 'open' ? state.offers : [];
  return (offer) => shown.find((one) => one.offer.key === offer.key) ?? firstState(offer);
}

function firstState(offer: NoticedOffer): ShownOffer {
  if (isLookable(offer)) return { offer, state: { phase: 'looking' }, busy: false };
  const error = offer.error ?? { code: 'offer-kind-not-supported', facts: {} };
  return { offer, state: { phase: 'failed', error, mayKeep: false }, busy: false };
}

function lookedState(looked: LookedOffer): OfferState {
  if (looked.state === 'looked') return { phase: 'looked', card: looked.card };
  const host = looked.error.facts['host'];
  if (looked.error.code === 'private-address' && typeof host === 'string')
    return { phase: 'asks-private', host };
  return { phase: 'failed', error: looked.error, mayKeep: looked.choice === 'keep-and-check-later' };
}

function withOffer(state: PopupState, key: string, change: (shown: ShownOffer) => ShownOffer): PopupState {
  if (state.phase !== 'open') return state;
  return {
    ...state,
    offers: state.offers.map((shown) => (shown.offer.key === key ? change(shown) : shown)),
  };
}
