import type { ComponentChildren, JSX } from 'preact';
import type { IssuerView } from '../views/issuer-view.ts';
import type { PictureView } from '../views/picture-view.ts';
import type { VerdictView } from '../views/verdict-view.ts';
import { BadgePicture } from './badge-picture.tsx';
import { VerdictMark } from './verdict-mark.tsx';
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
 * One badge as a tile of a grid: picture, name, proven issuer, year, mark. The name is the link and its whole name;
 * the tile as a whole is what is pressed. `children`: what a page adds below (a note, a tick box).
 */
export function BadgeCard(props: {
  readonly view: BadgeCardView;
  readonly address: string;
  readonly current?: boolean;
  /** one below the heading that the grid stands under; 3 when left out */
  readonly headingLevel?: 2 | 3 | 4;
  /** said beside the mark where the page is printed: the day of the check */
  readonly printed?: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { view } = props;
  const Heading = `h${props.headingLevel ?? 3}` as const;
  return (
    <article class="badge-card">
      <BadgePicture picture={view.picture} decorative />
      <Heading class="badge-card-name">
        <a
          href={props.address}
          title={view.name.length > maxWholeLength ? view.name : undefined}
          dir="auto"
          aria-current={props.current === true ? 'true' : undefined}
        >
          {view.name}
        </a>
      </Heading>
      <p class={view.issuer.proven ? 'badge-card-issuer' : 'badge-card-issuer badge-card-unproven'}>
        {view.issuer.lead}
      </p>
      <p class="badge-card-foot" data-printed={props.printed}>
        <VerdictMark mark={view.verdict.mark} word={view.verdict.word} />
        {view.year !== '' && <span class="badge-card-year">{view.year}</span>}
      </p>
      {props.children}
    </article>
  );
}
