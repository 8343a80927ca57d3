import type { JSX } from 'preact';
import type { IssuerView } from '../views/issuer-view.ts';
import type { PictureView } from '../views/picture-view.ts';
import type { VerdictView } from '../views/verdict-view.ts';
import { BadgePicture } from './badge-picture.tsx';
import { Icon } from './icon.tsx';
import { shapeOf } from './verdict-mark.tsx';
import './badge-card.css';

/** Longer names may be cut by the tile's three lines. */
const maxWholeLength = 24;

/** What a tile has room for; a `BadgeView` has all of it. */
export type BadgeCardView = {
  readonly name: string;
  readonly picture: PictureView;
  readonly issuer: Pick<IssuerView, 'lead' | 'proven'>;
  readonly verdict: Pick<VerdictView, 'mark' | 'word'>;
  readonly year: string;
};

/**
 * One badge as a tile of a list of the class `badge-grid`: picture, name, proven issuer, year, mark. The name is the
 * link and its whole name; the tile as a whole is what is pressed. Pages hold many tiles and are sent to everybody, so
 * that each part is told apart by what it is, and says no more than its own.
 */
export function BadgeCard(props: {
  readonly view: BadgeCardView;
  readonly address: string;
  readonly current?: boolean;
  /** one below the heading that the grid stands under; 3 when left out */
  readonly headingLevel?: 2 | 3 | 4;
  /** by which scripts of the page find the tile */
  readonly id?: string;
  /** the shape of the mark comes from the style sheet, and not with each tile */
  readonly isStyled?: boolean;
}): JSX.Element {
  const { name, picture, issuer, verdict, year } = props.view;
  const Heading = `h${props.headingLevel ?? 3}` as const;
  return (
    <li data-badge={props.id}>
      <BadgePicture picture={picture} decorative />
      <Heading>
        <a
          href={props.address}
          title={name.length > maxWholeLength ? name : undefined}
          dir="auto"
          aria-current={props.current === true ? 'true' : undefined}
        >
          {name}
        </a>
      </Heading>
      <p class={issuer.proven ? undefined : 'unproven'}>{issuer.lead}</p>
      <p class={`mark-${verdict.mark}`}>
        {props.isStyled !== true && <Icon name={shapeOf[verdict.mark]} />}
        {verdict.word}
        {year !== '' && [' ', <time key="year">{year}</time>]}
      </p>
    </li>
  );
}
