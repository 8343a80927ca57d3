import type { JSX } from 'preact';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { KeptCollection } from '../store/collection-doc.ts';
import type { CardRow } from '../store/database.ts';
import type { AccountActions, PublishedState } from './account-actions.ts';
import { tileView } from './badge-list-view.ts';
import { CollectionForm } from './collection-form.tsx';
import { CollectionShown } from './collection-shown.tsx';
import { titleOf } from './collection-title.ts';
import type { Say } from './notice.tsx';
import { OrderedList } from './ordered-list.tsx';
import { ownCollections } from './own-collections.ts';
import { PutBadgesIn } from './put-badges-in.tsx';
import { addressOf } from './route.ts';
import { useLive } from './use-live.ts';
import { usePicture } from './use-picture.ts';

/** One collection: what it says, who sees it, and its badges in their order. */
export function CollectionPart(props: {
  readonly kept: KeptCollection;
  readonly cards: readonly CardRow[];
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, cards, actions, words, say } = props;
  const said = words.own.collections;
  const live = useLive(actions.readState, [actions]);
  const state = live.state === 'ready' ? live.value.published : undefined;
  const shown = state?.collections.find(({ id }) => id === kept.id);
  const byId = new Map(cards.map((card) => [card.id, card]));
  const inIt = kept.badges.flatMap(({ id }) => byId.get(id) ?? []);
  return (
    <>
      <h1 dir="auto">{titleOf(kept, words)}</h1>
      <CollectionForm kept={kept} isShown={shown !== undefined} words={words} say={say} />
      <CollectionShown kept={kept} shown={shown} words={words} say={say} />
      <section class="page-part">
        <h2>{said.inIt}</h2>
        {inIt.length === 0 ? (
          <p class="page-empty">{cards.length === 0 ? said.noBadges : said.noneInIt}</p>
        ) : (
          <BadgesInIt kept={kept} cards={inIt} words={words} say={say} />
        )}
        {cards.length > 0 && <PutBadgesIn kept={kept} cards={cards} words={words} say={say} />}
      </section>
      <section class="page-part">
        <RemoveButton kept={kept} shown={shown} words={words} say={say} />
      </section>
    </>
  );
}

function BadgesInIt(props: {
  readonly kept: KeptCollection;
  readonly cards: readonly CardRow[];
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, cards, words, say } = props;
  const said = words.own.collections;
  const takeOut = async (badge: CardRow['id'], name: string): Promise<void> => {
    const out = await ownCollections.takeOut(kept.id, badge);
    if (!out.ok) return say({ text: sayErrorInFull(out.error, words) });
    // Where it was among the others is where it comes back to.
    const next = kept.badges[kept.badges.findIndex(({ id }) => id === badge) + 1]?.id;
    const undo = async (): Promise<void> => {
      await ownCollections.putIn(kept.id, [badge]);
      await ownCollections.moveBadge(kept.id, badge, next);
    };
    say({ text: fill(said.tookOut, { name }, words.formats), undo: () => void undo() });
  };
  const items = cards.map((card) => {
    const { name, issuer, verdict } = tileView(card, undefined, words);
    return {
      id: card.id,
      name,
      picture: <RowPicture card={card} words={words} />,
      what: (
        <>
          <a href={addressOf({ place: 'badges', badge: card.id })} dir="auto" draggable={false}>
            {name}
          </a>
          <p class="soft small">
            {issuer.lead} <VerdictMark mark={verdict.mark} word={verdict.word} />
          </p>
        </>
      ),
      more: (
        <button type="button" class="button" onClick={() => void takeOut(card.id, name)}>
          {said.takeOut}
          <span class="spoken"> {name}</span>
        </button>
      ),
    };
  });
  return (
    <OrderedList
      items={items}
      label={said.inIt}
      words={words}
      onMove={(badge, before) => ownCollections.moveBadge(kept.id, badge, before)}
    />
  );
}

function RowPicture({ card, words }: { readonly card: CardRow; readonly words: BackpackWords }): JSX.Element {
  const { picture } = tileView(card, usePicture(card.picture), words);
  return (
    <span class="page-list-picture">
      <BadgePicture picture={picture} decorative />
    </span>
  );
}

/** It can be undone, so nothing is asked; that others still see it is said. */
function RemoveButton(props: {
  readonly kept: KeptCollection;
  readonly shown: PublishedState['collections'][number] | undefined;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, shown, words, say } = props;
  const said = words.own.collections;
  const title = titleOf(kept, words);
  const restore = async (): Promise<void> => {
    const restored = await ownCollections.restore(kept.id);
    say({
      text: restored.ok
        ? fill(said.restored, { title }, words.formats)
        : sayErrorInFull(restored.error, words),
    });
  };
  const remove = async (): Promise<void> => {
    const removed = await ownCollections.remove(kept.id);
    if (!removed.ok) return say({ text: sayErrorInFull(removed.error, words) });
    location.hash = addressOf({ place: 'collections' });
    const text = fill(said.removed, { title }, words.formats);
    const link = { text: words.own.sharing.title, address: addressOf({ place: 'sharing' }) };
    say({
      ...(shown === undefined ? { text } : { text: `${text} ${said.removedStillShown}`, link }),
      undo: () => void restore(),
    });
  };
  return (
    <button type="button" class="button button-danger" onClick={() => void remove()}>
      {said.remove}
    </button>
  );
}
