import type { JSX } from 'preact';
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { ask } from '../ask.ts';
import type { NoticedOffer } from '../channel.ts';
import { requestAccess } from '../host-access.ts';
import type { ExtensionWords } from '../messages/words.ts';
import { useOnline } from '../use-online.ts';
import { OfferCard } from './offer-card.tsx';
import {
  changePopup,
  isLookable,
  type OfferState,
  type PopupChange,
  type PopupState,
  type ShownOffer,
} from './offer-state.ts';
import { type OfferAction, offerView } from './offer-view.ts';
import { PopupFoot } from './popup-foot.tsx';
import { popupView } from './popup-view.ts';

/** How many issuers are asked at a time: a page with 200 offers must not become 200 requests at once. */
const looksAtOnce = 6;

/** What the popup shows for one tab. `first`: the state of the first paint, read before anything was rendered. */
export function Popup(props: {
  readonly tab: number;
  readonly first: PopupState;
  readonly words: ExtensionWords;
}): JSX.Element {
  const { tab, words } = props;
  const [state, change] = useReducer(changePopup, props.first);
  const online = useOnline();
  const title = useRef<HTMLHeadingElement>(null);
  const view = popupView(state, online, words);

  useEffect(() => {
    void lookAround(tab, props.first, change);
  }, [tab]);

  const claimAll = async (): Promise<void> => {
    change({ kind: 'busy', keys: view.claimAll });
    title.current?.focus();
    const claimed = await ask<'claim-all'>({ kind: 'claim-all', keys: [...view.claimAll] });
    for (const key of view.claimAll) {
      if (!claimed.ok) {
        change({ kind: 'said', key, said: claimed.error });
        continue;
      }
      const result = claimed.value.results.find((one) => one.key === key);
      if (result?.badge !== undefined)
        change({ kind: 'kept', key, mode: 'claim', badge: result.badge, together: true });
      else change({ kind: 'said', key, said: result?.error ?? { code: 'unexpected', facts: {} } });
    }
  };

  const undoAll = (): void => {
    change({ kind: 'busy', keys: view.undoAll.map(({ offer }) => offer.key) });
    title.current?.focus();
    // All are on their way at once: a popup that closes takes nothing back.
    for (const { offer, state: now } of view.undoAll) void undo(offer.key, now, change);
  };

  return (
    <>
      <header class="popup-head">
        <div class="popup-title">
          <h1 ref={title} tabIndex={-1} aria-live="polite">
            {view.title}
          </h1>
          {view.progress !== undefined && <p class="soft small">{view.progress}</p>}
        </div>
        {view.claimAll.length > 1 && (
          <button type="button" class="button button-main" onClick={() => void claimAll()}>
            {words.own.popup.claimAll}
          </button>
        )}
        {view.undoAll.length > 1 && (
          <button type="button" class="button" onClick={undoAll}>
            {words.own.popup.undoAll}
          </button>
        )}
      </header>
      <main class="popup-offers" aria-busy={view.looking}>
        {view.notice !== undefined && <p class="popup-notice">{view.notice}</p>}
        {view.empty !== undefined && (
          <div class="popup-empty">
            <Icon name="backpack" />
            <p>{view.empty.sentence}</p>
            {view.empty.how !== undefined && <p class="soft small">{view.empty.how}</p>}
          </div>
        )}
        {state.phase === 'open' && state.offers.length > 0 && (
          <ul class="popup-list">
            {state.offers.map((shown, index) => (
              <OfferRow
                key={shown.offer.key}
                id={`offer-${index}`}
                tab={tab}
                shown={shown}
                page={state.tab.page}
                words={words}
                change={change}
              />
            ))}
          </ul>
        )}
      </main>
      <PopupFoot words={words} online={online} changes={keptCount(state)} />
    </>
  );
}

/** One card, drawn anew only when its own offer has changed: with 200 offers each answer would draw all of them. */
function OfferRow(props: {
  readonly id: string;
  readonly tab: number;
  readonly shown: ShownOffer;
  readonly page: string;
  readonly words: ExtensionWords;
  readonly change: Change;
}): JSX.Element {
  const { id, tab, shown, page, words, change } = props;
  return useMemo(
    () => (
      <OfferCard
        id={id}
        view={offerView(shown, words, page)}
        busy={shown.busy}
        words={words}
        onAction={(action) => void act(tab, shown.offer, action, change)}
        onUndo={() => void undo(shown.offer.key, shown.state, change)}
        onDismiss={() => void dismiss(shown.offer.key, change)}
        onAddAddress={(address) => void addAddress(tab, shown.offer, address, change)}
      />
    ),
    [id, tab, shown, page, words, change],
  );
}

/** How many cards are folded by a press: the footer counts again when it changes. */
function keptCount(state: PopupState): number {
  return state.phase === 'open' ? state.offers.filter((shown) => shown.state.phase === 'kept').length : 0;
}

type Change = (change: PopupChange) => void;

/** Asks what the tab offers, frames included, then looks at each offer; new ones of frames join at the end. */
async function lookAround(tab: number, first: PopupState, change: Change): Promise<void> {
  const known = first.phase === 'open' ? first.tab.offers : [];
  const looking = lookAtAll(tab, known, change);
  const answer = await ask<'offers-of-tab'>({ kind: 'offers-of-tab', tab });
  if (!answer.ok) {
    if (known.length === 0) change({ kind: 'open-failed', error: answer.error });
    return looking;
  }
  change({ kind: 'opened', tab: answer.value });
  const knownKeys = new Set(known.map((offer) => offer.key));
  await Promise.all([
    looking,
    lookAtAll(
      tab,
      answer.value.offers.filter((offer) => !knownKeys.has(offer.key)),
      change,
    ),
  ]);
}

async function lookAtAll(tab: number, offers: readonly NoticedOffer[], change: Change): Promise<void> {
  const waiting = offers.filter(isLookable);
  const worker = async (): Promise<void> => {
    for (let offer = waiting.shift(); offer !== undefined; offer = waiting.shift())
      await look(tab, offer.key, change);
  };
  await Promise.all(Array.from({ length: looksAtOnce }, worker));
}

async function look(tab: number, key: string, change: Change, privateHost?: string): Promise<void> {
  const looked = await ask<'look-at-offer'>({
    kind: 'look-at-offer',
    tab,
    key,
    ...(privateHost === undefined ? {} : { privateHost }),
  });
  change(
    looked.ok
      ? { kind: 'looked', key, looked: looked.value }
      : { kind: 'look-failed', key, error: looked.error },
  );
}

async function act(tab: number, offer: NoticedOffer, action: OfferAction, change: Change): Promise<void> {
  const { key } = offer;
  if (action.kind !== 'keep') {
    if (action.kind === 'allow' && !(await requestAccess(action.origin))) return;
    change({ kind: 'look-started', key });
    return look(tab, key, change, action.kind === 'private' ? action.host : undefined);
  }
  change({ kind: 'busy', keys: [key] });
  const claimed = await ask<'claim-badge'>({ kind: 'claim-badge', key, mode: action.mode });
  change(
    claimed.ok
      ? { kind: 'kept', key, mode: action.mode, badge: claimed.value.badge, together: false }
      : { kind: 'said', key, said: claimed.error },
  );
}

async function undo(key: string, state: OfferState, change: Change): Promise<void> {
  change({ kind: 'busy', keys: [key] });
  const undone =
    state.phase !== 'kept'
      ? await ask<'undo-dismiss'>({ kind: 'undo-dismiss', key })
      : await ask<'undo-claim'>({ kind: 'undo-claim', badge: state.badge, key });
  change(undone.ok ? { kind: 'undone', key } : { kind: 'said', key, said: undone.error });
}

async function dismiss(key: string, change: Change): Promise<void> {
  const dismissed = await ask<'dismiss-offer'>({ kind: 'dismiss-offer', key });
  change(dismissed.ok ? { kind: 'dismissed', key } : { kind: 'said', key, said: dismissed.error });
}

/** Adds the address to the learner's own, then looks again: only the comparison says whose the badge is. */
async function addAddress(tab: number, offer: NoticedOffer, address: string, change: Change): Promise<void> {
  const { key } = offer;
  change({ kind: 'busy', keys: [key] });
  const { addOwnAddress } = await import('../own-addresses.ts');
  const saved = await addOwnAddress({ type: 'email', value: address });
  if (!saved.ok) return change({ kind: 'said', key, said: saved.error });
  const looked = await ask<'look-at-offer'>({ kind: 'look-at-offer', tab, key });
  if (!looked.ok) return change({ kind: 'look-failed', key, error: looked.error });
  change({ kind: 'looked', key, looked: looked.value });
  if (looked.value.state === 'looked' && looked.value.card.match !== 'yours')
    change({ kind: 'said', key, said: 'address-differs' });
}
