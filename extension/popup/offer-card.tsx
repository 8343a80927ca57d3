import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { CheckList } from '../../shared/components/check-list.tsx';
import { IssuerLine } from '../../shared/components/issuer-line.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { ExtensionWords } from '../messages/words.ts';
import { AddAddress } from './add-address.tsx';
import type { OfferAction, OfferView } from './offer-view.ts';
import './offer-card.css';

export type OfferCardProps = {
  readonly id: string;
  readonly view: OfferView;
  readonly busy: boolean;
  readonly words: ExtensionWords;
  readonly onAction: (action: OfferAction) => void;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
  readonly onAddAddress: (address: string) => void;
};

/** One offer: picture, name, who vouches, mark, one button; folded to a line once it is decided. */
export function OfferCard(props: OfferCardProps): JSX.Element {
  const { view, words } = props;
  const card = useRef<HTMLLIElement>(null);
  const foldedByPress = view.folded?.undo === true;
  const wasFolded = useRef(foldedByPress);

  // The pressed button goes away with the fold, and `Undo` with the unfolding; the keyboard must not fall back to the
  // top of the page.
  useEffect(() => {
    const next = foldedByPress ? '.offer-card-status button' : '.offer-card-actions button';
    if (foldedByPress !== wasFolded.current && document.activeElement === document.body)
      card.current?.querySelector<HTMLButtonElement>(next)?.focus();
    wasFolded.current = foldedByPress;
  }, [foldedByPress]);

  return (
    <li class="offer-card" aria-labelledby={`${props.id}-name`} ref={card}>
      {view.folded === undefined ? (
        <OpenCard {...props} />
      ) : (
        <div class="offer-card-folded">
          <BadgePicture picture={view.picture} decorative />
          <h2 class="offer-card-name" id={`${props.id}-name`} dir="auto" title={view.name}>
            {view.name}
          </h2>
        </div>
      )}
      <div class="offer-card-status" role="status">
        {view.folded !== undefined && <span>{view.folded.sentence}</span>}
        {view.folded?.undo === true && (
          <>
            <span aria-hidden="true">·</span>
            <button
              type="button"
              class="button button-plain"
              aria-disabled={props.busy}
              aria-describedby={`${props.id}-name`}
              onClick={props.onUndo}
            >
              {words.own.common.undo}
            </button>
          </>
        )}
        {view.folded === undefined && view.said !== undefined && <span>{view.said}</span>}
      </div>
    </li>
  );
}

function OpenCard({ id, view, busy, words, onAction, onAddAddress, onDismiss }: OfferCardProps): JSX.Element {
  const [confirming, setConfirming] = useState<OfferAction | undefined>(undefined);
  const press = (action: OfferAction): void => {
    if (busy) return;
    if (view.confirm !== undefined && action.kind === 'keep') setConfirming(action);
    else onAction(action);
  };
  return (
    <>
      <div class="offer-card-top">
        <BadgePicture picture={view.picture} decorative />
        <div class="offer-card-facts">
          <h2 class="offer-card-name" id={`${id}-name`} dir="auto" title={view.name}>
            {view.name}
          </h2>
          {view.badge !== undefined && <IssuerLine issuer={view.badge.issuer} />}
          {view.pageSays !== undefined && <p class="soft small">{view.pageSays}</p>}
          {view.frame !== undefined && <p class="soft small">{view.frame}</p>}
        </div>
      </div>
      <div class={view.looking ? 'offer-card-mark offer-card-mark-waiting' : 'offer-card-mark'}>
        {view.badge !== undefined && (
          <details class="offer-card-checks">
            <summary title={words.own.popup.showChecks}>
              <VerdictMark mark={view.badge.verdict.mark} word={view.badge.verdict.word} />
            </summary>
            {view.checks.length > 0 && <CheckList groups={view.checks} words={words} />}
          </details>
        )}
        {view.recipient !== undefined && (
          <p class="offer-card-recipient" title={view.recipient.sentence}>
            {view.recipient.word}
          </p>
        )}
      </div>
      {view.sentence !== undefined && <p class="offer-card-sentence">{view.sentence}</p>}
      {view.remedy !== undefined && <p class="soft small">{view.remedy}</p>}
      {view.notes.map((note) => (
        <p key={note} class="soft small">
          {note}
        </p>
      ))}
      {view.asksAddress && <AddAddress id={id} busy={busy} words={words} onAdd={onAddAddress} />}
      {confirming === undefined ? (
        <div class="offer-card-actions">
          {view.looking && (
            <button type="button" class="button button-wide" aria-disabled="true">
              {words.own.popup.checking}
            </button>
          )}
          {view.action !== undefined && (
            <ActionButton
              action={view.action}
              main={view.confirm === undefined && view.action.kind !== 'look'}
              id={id}
              busy={busy}
              onPress={press}
            />
          )}
          {view.second !== undefined && (
            <ActionButton action={view.second} main={false} id={id} busy={busy} onPress={press} />
          )}
          {!view.looking && (
            <button
              type="button"
              class="button button-plain offer-card-dismiss"
              aria-describedby={`${id}-name`}
              onClick={onDismiss}
            >
              {words.own.popup.dismiss}
            </button>
          )}
        </div>
      ) : (
        <Confirm
          sentence={view.confirm ?? ''}
          busy={busy}
          words={words}
          onYes={() => onAction(confirming)}
          onNo={() => setConfirming(undefined)}
        />
      )}
    </>
  );
}

function ActionButton(props: {
  readonly action: OfferAction;
  readonly main: boolean;
  readonly id: string;
  readonly busy: boolean;
  readonly onPress: (action: OfferAction) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class={props.main ? 'button button-main button-wide' : 'button button-wide'}
      aria-describedby={`${props.id}-name`}
      aria-disabled={props.busy}
      onClick={() => props.onPress(props.action)}
    >
      {props.action.label}
    </button>
  );
}

/** The deliberate second step before a badge that is not valid is kept. */
function Confirm(props: {
  readonly sentence: string;
  readonly busy: boolean;
  readonly words: ExtensionWords;
  readonly onYes: () => void;
  readonly onNo: () => void;
}): JSX.Element {
  const question = useRef<HTMLElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  // Below a long card the second answer would lie behind the foot: whoever is asked sees both.
  useEffect(() => {
    no.current?.focus();
    question.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section class="offer-card-confirm" aria-label={props.words.own.popup.keepUnverified} ref={question}>
      <p>{props.sentence}</p>
      <div class="offer-card-actions">
        <button type="button" class="button button-wide" ref={no} onClick={props.onNo}>
          {props.words.own.popup.keepUnverifiedNo}
        </button>
        <button
          type="button"
          class="button button-wide button-danger"
          aria-disabled={props.busy}
          onClick={props.onYes}
        >
          {props.words.own.popup.keepUnverifiedYes}
        </button>
      </div>
    </section>
  );
}
