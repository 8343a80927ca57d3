import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { searchCards } from '../store/search.ts';
import { tileView } from './badge-list-view.ts';
import { type ShareDraft, toggled } from './share-draft.ts';
import { usePicture } from './use-picture.ts';
import './choose-badges.css';

/** More than this is reached by search. */
const maxShown = 200;

/** The first step: which badges. What is expired or revoked may be shown too; the page tells the truth about it. */
export function ChooseBadges(props: {
  readonly cards: readonly CardRow[];
  readonly draft: ShareDraft;
  readonly words: BackpackWords;
  readonly onDraft: (draft: ShareDraft) => void;
  readonly onNext: () => void;
}): JSX.Element {
  const { cards, draft, words } = props;
  const said = words.own.sharing;
  const [search, setSearch] = useState('');
  const chosen = draft.badges.filter((id) => cards.some((card) => card.id === id)).length;
  return (
    <form
      class="choose-badges"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen > 0) props.onNext();
      }}
    >
      {cards.length > 12 && (
        <input
          class="field-input"
          type="search"
          aria-label={words.own.backpack.search}
          placeholder={words.own.backpack.search}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <fieldset>
        <legend class="spoken">{said.chooseTitle}</legend>
        <ul class="choose-badges-list">
          {searchCards(cards, search)
            .slice(0, maxShown)
            .map((card) => (
              <ChoiceRow
                key={card.id}
                card={card}
                chosen={draft.badges.includes(card.id)}
                words={words}
                onToggle={() => props.onDraft(toggled(draft, card.id))}
              />
            ))}
        </ul>
      </fieldset>
      <div class="page-row">
        <button type="submit" class="button button-main" aria-disabled={chosen === 0}>
          {said.next}
        </button>
        <p class="soft small" aria-live="polite">
          {words.formats.plural(chosen, said.chosen)}
        </p>
      </div>
    </form>
  );
}

function ChoiceRow(props: {
  readonly card: CardRow;
  readonly chosen: boolean;
  readonly words: BackpackWords;
  readonly onToggle: () => void;
}): JSX.Element {
  const { card, words } = props;
  const view = tileView(card, usePicture(card.picture), words);
  const id = `choose-${card.id}`;
  return (
    <li>
      <label class="choose-badges-row" for={id}>
        <input
          id={id}
          type="checkbox"
          checked={props.chosen}
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-facts`}
          onChange={props.onToggle}
        />
        <span class="choose-badges-picture">
          <BadgePicture picture={view.picture} decorative />
        </span>
        <span class="choose-badges-what">
          <span id={`${id}-name`} class="choose-badges-name" dir="auto">
            {view.name}
          </span>
          <span id={`${id}-facts`} class="choose-badges-facts">
            <span class="soft small">{view.issuer.lead}</span>
            <VerdictMark mark={view.verdict.mark} word={view.verdict.word} />
          </span>
        </span>
      </label>
    </li>
  );
}
