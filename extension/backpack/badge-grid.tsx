import type { JSX } from 'preact';
import { BadgeCard } from '../../shared/components/badge-card.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { tileView } from './badge-list-view.ts';
import { addressOf, type Route } from './route.ts';
import { usePicture } from './use-picture.ts';
import './badge-grid.css';

type BadgesRoute = Extract<Route, { place: 'badges' }>;

export function BadgeGrid(props: {
  readonly cards: readonly CardRow[];
  readonly route: BadgesRoute;
  readonly words: BackpackWords;
}): JSX.Element {
  return (
    <ul class="badge-grid">
      {props.cards.map((card) => (
        <Tile key={card.id} card={card} route={props.route} words={props.words} />
      ))}
    </ul>
  );
}

function Tile(props: {
  readonly card: CardRow;
  readonly route: BadgesRoute;
  readonly words: BackpackWords;
}): JSX.Element {
  const { card, route, words } = props;
  const picture = usePicture(card.picture);
  return (
    <BadgeCard
      view={tileView(card, picture, words)}
      address={addressOf({ ...route, badge: card.id })}
      current={route.badge === card.id}
      headingLevel={2}
      id={card.id}
    />
  );
}
