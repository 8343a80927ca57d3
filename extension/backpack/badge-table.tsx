import type { JSX } from 'preact';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { TimeText } from '../../shared/components/time-text.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { tileView } from './badge-list-view.ts';
import { addressOf, type Route } from './route.ts';
import { usePicture } from './use-picture.ts';
import './badge-table.css';

type BadgesRoute = Extract<Route, { place: 'badges' }>;

/** The same badges as a list, with their dates side by side. */
export function BadgeTable(props: {
  readonly cards: readonly CardRow[];
  readonly route: BadgesRoute;
  readonly words: BackpackWords;
}): JSX.Element {
  const said = props.words.own.backpack;
  return (
    <table class="badge-table">
      <thead>
        <tr>
          <th scope="col">{said.columnBadge}</th>
          <th scope="col">{said.columnIssuer}</th>
          <th scope="col">{said.columnAwarded}</th>
          <th scope="col">{said.columnMark}</th>
          <th scope="col">{said.columnAdded}</th>
        </tr>
      </thead>
      <tbody>
        {props.cards.map((card) => (
          <Row key={card.id} card={card} route={props.route} words={props.words} />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: {
  readonly card: CardRow;
  readonly route: BadgesRoute;
  readonly words: BackpackWords;
}): JSX.Element {
  const { card, route, words } = props;
  const view = tileView(card, usePicture(card.picture), words);
  const { formats } = words;
  return (
    <tr data-badge={card.id} class={route.badge === card.id ? 'badge-table-current' : undefined}>
      <th scope="row">
        <span class="badge-table-name">
          <BadgePicture picture={view.picture} decorative />
          <a href={addressOf({ ...route, badge: card.id })} dir="auto">
            {view.name}
          </a>
        </span>
      </th>
      <td>{view.issuer.lead}</td>
      <td data-column={card.awarded === undefined ? undefined : words.own.backpack.columnAwarded}>
        {card.awarded !== undefined && (
          <TimeText
            instant={card.awarded}
            text={formats.date(card.awarded)}
            exact={formats.exactTime(card.awarded)}
          />
        )}
      </td>
      <td>
        <VerdictMark mark={view.verdict.mark} word={view.verdict.word} />
      </td>
      <td data-column={words.own.backpack.columnAdded}>
        <TimeText
          instant={card.kept}
          text={formats.dateHere(card.kept)}
          exact={formats.exactTime(card.kept)}
        />
      </td>
    </tr>
  );
}
