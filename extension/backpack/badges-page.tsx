import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { BadgeGrid } from './badge-grid.tsx';
import { chosenCards, type Filter, type ListQuestion, type Sort } from './badge-list-view.ts';
import { BadgeTable } from './badge-table.tsx';
import { DetailPane } from './detail-pane.tsx';
import { FirstRun } from './first-run.tsx';
import { ListControls } from './list-controls.tsx';
import type { Say } from './notice.tsx';
import { addressOf, type Route } from './route.ts';
import { useRemembered } from './use-remembered.ts';
import './badges-page.css';

/** Tiles shown at first, and added by each press of "Show more": a thousand pictures at once help nobody. */
const pageSize = 120;

/** All badges or one issuer's: search, grid or list, and the badge that is open beside it. */
export function BadgesPage(props: {
  readonly route: Extract<Route, { place: 'badges' }>;
  readonly cards: readonly CardRow[];
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { route, cards, words } = props;
  const [search, setSearch] = useState('');
  const [sort, setSort] = useRemembered<Sort>('sort', ['newest', 'name', 'issuer']);
  const [filter, setFilter] = useState<Filter>('all');
  const [layout, setLayout] = useRemembered('layout', ['grid', 'list']);
  const [shown, setShown] = useState(pageSize);
  const question: ListQuestion = {
    search,
    sort,
    filter,
    ...(route.issuer === undefined ? {} : { issuer: route.issuer }),
  };
  const found = useMemo(
    () => chosenCards(cards, question, words),
    [cards, search, sort, filter, route.issuer, words],
  );
  useFocusBack(route.badge);
  useEffect(() => setShown(pageSize), [search, sort, filter, route.issuer]);

  const said = words.own.backpack;
  const { badge, ...list } = route;
  const close = addressOf(list);
  const visible = found.slice(0, shown);
  const rest = Math.min(found.length - visible.length, pageSize);
  const heading = route.issuer ?? said.all;

  return (
    <div class={badge === undefined ? 'badges-page' : 'badges-page badges-page-open'}>
      <section class="badges-page-list" aria-labelledby="badges-heading">
        <h1 id="badges-heading">{heading}</h1>
        {cards.length === 0 ? (
          <FirstRun words={words} />
        ) : (
          <>
            <ListControls
              words={words}
              search={search}
              sort={sort}
              filter={filter}
              layout={layout}
              onSearch={setSearch}
              onSort={setSort}
              onFilter={setFilter}
              onLayout={setLayout}
            />
            <p class="soft small" aria-live="polite">
              {words.formats.plural(
                found.length,
                search === '' && filter === 'all' ? said.found : said.foundOf,
              )}
            </p>
            {found.length === 0 && (
              <div class="page-empty">
                <p>
                  {search === '' ? said.nothingHere : fill(said.notFound, { query: search }, words.formats)}
                </p>
                {search !== '' && <p class="small">{said.notFoundRemedy}</p>}
                <button
                  type="button"
                  class="button button-plain"
                  onClick={() => {
                    setSearch('');
                    setFilter('all');
                    location.hash = '#/';
                  }}
                >
                  {said.clearSearch}
                </button>
              </div>
            )}
            {layout === 'grid' ? (
              <BadgeGrid cards={visible} route={route} words={words} />
            ) : (
              <BadgeTable cards={visible} route={route} words={words} />
            )}
            {rest > 0 && (
              <button
                type="button"
                class="button badges-page-more"
                onClick={() => setShown(shown + pageSize)}
              >
                {words.formats.plural(rest, said.showMore)}
              </button>
            )}
          </>
        )}
      </section>
      {badge !== undefined && (
        <DetailPane key={badge} id={badge} close={close} words={words} say={props.say} />
      )}
    </div>
  );
}

/** When a badge is closed the focus goes back to the tile that opened it. */
function useFocusBack(badge: string | undefined): void {
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (badge === undefined && last.current !== undefined)
      document.querySelector<HTMLElement>(`[data-badge="${CSS.escape(last.current)}"] a`)?.focus();
    last.current = badge;
  }, [badge]);
}
