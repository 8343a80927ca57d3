import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { choicesOf, tileView } from './badge-list-view.ts';
import { usePicture } from './use-picture.ts';
import './choose-badges.css';

/** Badges to tick, with a search where they are many. */
export function ChoiceList(props: {
  readonly cards: readonly CardRow[];
  readonly chosen: readonly CardRow['id'][];
  readonly label: string;
  readonly words: BackpackWords;
  readonly onToggle: (badge: CardRow['id']) => void;
}): JSX.Element {
  const { cards, words } = props;
  const [search, setSearch] = useState('');
  const { shown, note } = choicesOf(cards, search, words);
  return (
    <>
      {cards.length > 12 && (
        <input
          class="field-input"
          type="search"
          dir="auto"
          aria-label={words.own.backpack.search}
          placeholder={words.own.backpack.search}
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <fieldset>
        <legend class="spoken">{props.label}</legend>
        <ul class="choose-badges-list">
          {shown.map((card) => (
            <ChoiceRow
              key={card.id}
              card={card}
              chosen={props.chosen.includes(card.id)}
              words={words}
              onToggle={() => props.onToggle(card.id)}
            />
          ))}
        </ul>
      </fieldset>
      <p class="soft small" role="status">
        {note}
      </p>
    </>
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
      <label class="choose-badges-row">
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
