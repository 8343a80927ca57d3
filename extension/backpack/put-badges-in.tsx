import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { KeptCollection } from '../store/collection-doc.ts';
import type { CardRow } from '../store/database.ts';
import { ChoiceList } from './choice-list.tsx';
import type { Say } from './notice.tsx';
import { ownCollections } from './own-collections.ts';

/** Badges that are not in a collection yet, for choosing. What waits for its issuer is no badge yet. */
export function PutBadgesIn(props: {
  readonly kept: KeptCollection;
  readonly cards: readonly CardRow[];
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, words, say } = props;
  const said = words.own.collections;
  const [chosen, setChosen] = useState<readonly CardRow['id'][]>([]);
  const head = useRef<HTMLElement>(null);
  const inIt = new Set(kept.badges.map(({ id }) => id));
  const cards = props.cards.filter((card) => card.kind === 'badge' && !inIt.has(card.id));
  const wanted = chosen.filter((id) => cards.some((card) => card.id === id));
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (wanted.length === 0) return say({ text: said.addNone });
    const added = await ownCollections.putIn(kept.id, wanted);
    if (!added.ok) {
      return say({ text: sayErrorInFull(added.error, words) });
    }
    setChosen([]);
    // The form folds up, and the focus is not lost in it.
    head.current?.focus({ preventScroll: true });
    say({ text: words.formats.plural(wanted.length, said.added) });
  };
  return (
    <details class="put-badges-in" open={inIt.size === 0}>
      <summary ref={head}>{said.add}</summary>
      {cards.length === 0 ? (
        <p class="soft">{said.noneToAdd}</p>
      ) : (
        <form class="choose-badges" onSubmit={(event) => void add(event)}>
          <ChoiceList
            cards={cards}
            chosen={wanted}
            label={said.add}
            words={words}
            onToggle={(id) =>
              setChosen(wanted.includes(id) ? wanted.filter((one) => one !== id) : [...wanted, id])
            }
          />
          <div class="page-row choose-badges-foot">
            <button type="submit" class="button button-main">
              {words.formats.plural(wanted.length, said.addButton)}
            </button>
          </div>
        </form>
      )}
    </details>
  );
}
