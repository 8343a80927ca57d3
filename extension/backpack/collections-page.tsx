import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CollectionId, KeptCollection } from '../store/collection-doc.ts';
import { readCollections } from '../store/collections.ts';
import type { CardRow } from '../store/database.ts';
import type { AccountActions } from './account-actions.ts';
import { CollectionPart } from './collection-part.tsx';
import { titleOf } from './collection-title.ts';
import { CollectionTitleField } from './collection-title-field.tsx';
import type { Say } from './notice.tsx';
import { OrderedList } from './ordered-list.tsx';
import { ownCollections } from './own-collections.ts';
import { addressOf } from './route.ts';
import { useLive } from './use-live.ts';

/** The learner's collections in their order, or one of them. */
export function CollectionsPage(props: {
  readonly cards: readonly CardRow[];
  readonly collection: CollectionId | undefined;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { collection, words } = props;
  const said = words.own.collections;
  const live = useLive(readCollections, []);
  if (live.state !== 'ready') return <div class="page" />;
  const open = live.value.find(({ id }) => id === collection);
  if (collection === undefined) return <AllCollections {...props} collections={live.value} />;
  return (
    <div class="page">
      <p>
        <a href={addressOf({ place: 'collections' })}>{said.all}</a>
      </p>
      {open === undefined ? (
        <p class="page-empty">{said.gone}</p>
      ) : (
        <CollectionPart {...props} kept={open} key={open.id} />
      )}
    </div>
  );
}

function AllCollections(props: {
  readonly collections: readonly KeptCollection[];
  readonly cards: readonly CardRow[];
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { collections, cards, words } = props;
  const said = words.own.collections;
  const here = new Set(cards.map(({ id }) => id));
  const items = collections.map((one) => {
    const name = titleOf(one, words);
    const count = one.badges.filter(({ id }) => here.has(id)).length;
    const facts = `${words.formats.plural(count, said.badges)} · ${said.reach[one.reach]}`;
    const what = (
      <>
        <a href={addressOf({ place: 'collections', collection: one.id })} dir="auto" draggable={false}>
          {name}
        </a>
        <p class="soft small">{facts}</p>
      </>
    );
    return { id: one.id, name, what };
  });
  return (
    <div class="page">
      <h1>{said.title}</h1>
      <p class="page-lead">{said.how}</p>
      <NewCollection words={words} say={props.say} />
      {items.length === 0 ? (
        <p class="page-empty">{said.empty}</p>
      ) : (
        <OrderedList items={items} label={said.list} words={words} onMove={ownCollections.move} />
      )}
    </div>
  );
}

function NewCollection({ words, say }: { readonly words: BackpackWords; readonly say: Say }): JSX.Element {
  const said = words.own.collections;
  const [title, setTitle] = useState('');
  const [wrong, setWrong] = useState(false);
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (title.trim() === '') return setWrong(true);
    const made = await ownCollections.create(title);
    if (!made.ok) {
      return say({ text: sayErrorInFull(made.error, words) });
    }
    say({ text: fill(said.made, { title: plainText(title, 80) }, words.formats) });
    setTitle('');
    location.hash = addressOf({ place: 'collections', collection: made.value });
  };
  return (
    <form class="page-row" noValidate onSubmit={(event) => void make(event)}>
      <CollectionTitleField
        id="collection-new"
        label={said.newName}
        title={title}
        missing={wrong}
        words={words}
        onTitle={(typed) => {
          setTitle(typed);
          setWrong(false);
        }}
      />
      <button type="submit" class="button button-main">
        {said.make}
      </button>
    </form>
  );
}
