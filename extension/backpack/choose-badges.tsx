import type { JSX } from 'preact';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import type { ShownCollection } from '../store/shown-collections.ts';
import { ChoiceList } from './choice-list.tsx';
import { titleOf } from './collection-title.ts';
import { addressOf } from './route.ts';
import { type ShareDraft, toggled } from './share-draft.ts';

/**
 * The first step: which badges. What is expired or revoked may be shown too; the page tells the truth about it.
 * Collections come along as they are; who sees them is chosen where they are made.
 */
export function ChooseBadges(props: {
  readonly cards: readonly CardRow[];
  readonly collections: readonly ShownCollection[];
  readonly draft: ShareDraft;
  readonly words: BackpackWords;
  readonly onDraft: (draft: ShareDraft) => void;
  readonly onNext: () => void;
}): JSX.Element {
  const { cards, collections, draft, words } = props;
  const said = words.own.sharing;
  const chosen = draft.badges.filter((id) => cards.some((card) => card.id === id)).length;
  const isSomething = chosen > 0 || collections.length > 0;
  return (
    <form
      class="choose-badges"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSomething) props.onNext();
      }}
    >
      {collections.length > 0 && <Collections collections={collections} words={words} />}
      <ChoiceList
        cards={cards}
        chosen={draft.badges}
        label={said.chooseTitle}
        words={words}
        onToggle={(badge) => props.onDraft(toggled(draft, badge))}
      />
      <div class="page-row choose-badges-foot">
        <button type="submit" class="button button-main" aria-disabled={!isSomething}>
          {said.next}
        </button>
        <p class="soft small" aria-live="polite">
          {words.formats.plural(chosen, said.chosen)}
        </p>
      </div>
    </form>
  );
}

function Collections(props: {
  readonly collections: readonly ShownCollection[];
  readonly words: BackpackWords;
}): JSX.Element {
  const { words } = props;
  const said = words.own.collections;
  return (
    <>
      <h3>{said.sharing.title}</h3>
      <p class="soft">
        {said.sharing.how} <a href={addressOf({ place: 'collections' })}>{said.title}</a>
      </p>
      <ul class="choose-badges-collections">
        {props.collections.map((one) => {
          const badges = words.formats.plural(one.badges.length, said.badges);
          const sentence = one.listed ? said.sharing.listed : said.sharing.unlisted;
          return (
            <li key={one.id} dir="auto">
              {fill(sentence, { title: titleOf(one, words), badges }, words.formats)}
            </li>
          );
        })}
      </ul>
      <h3>{said.sharing.single}</h3>
    </>
  );
}
