import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { sayError } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readRows } from '../store/account-rows.ts';
import { readCards } from '../store/badges.ts';
import type { Tables } from '../store/database.ts';
import { needsLearner } from '../sync-word.ts';
import type { AccountActions } from './account-actions.ts';
import { AddressesPage } from './addresses-page.tsx';
import { issuersOf } from './badge-list-view.ts';
import { BadgesPage } from './badges-page.tsx';
import { CollectionsPage } from './collections-page.tsx';
import { DropTarget } from './drop-target.tsx';
import { ImportPage } from './import-page.tsx';
import { Notice, type NoticeText } from './notice.tsx';
import { Rail } from './rail.tsx';
import { addressOf, parseRoute, type Route } from './route.ts';
import { SettingsPage } from './settings-page.tsx';
import { SharingPage } from './sharing-page.tsx';
import { TrashPage } from './trash-page.tsx';
import { fileSources, useImports } from './use-imports.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useLive } from './use-live.ts';

/** The whole page: the rail, the place that the address names, and what was just done. */
export function Backpack({
  actions,
  words,
}: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
}): JSX.Element {
  const route = useRoute();
  const cards = useLive(readCards, []);
  // Not with each file of a hundred that are being read.
  const issuers = useMemo(
    () => (cards.state === 'ready' ? issuersOf(cards.value, words) : []),
    [cards, words],
  );
  const needed = useLive(readNeed, []);
  const imports = useImports();
  const [notice, setNotice] = useState<NoticeText | undefined>(undefined);
  const main = useRef<HTMLElement>(null);
  useTitle(route, words);
  useFocusOnPlace(route, main);
  useKeptFocus();
  const closeNotice = useCallback(() => setNotice(undefined), []);
  // The notice belongs to the place where it was said.
  useEffect(closeNotice, [route.place]);
  const importFiles = (files: readonly File[]): void => {
    location.hash = addressOf({ place: 'import' });
    void imports.actions.add(fileSources(files));
  };

  return (
    <div class="backpack">
      <button type="button" class="backpack-skip" onClick={() => main.current?.focus()}>
        {words.own.backpack.skip}
      </button>
      <Rail
        route={route}
        words={words}
        issuers={issuers}
        count={cards.state === 'ready' ? cards.value.length : undefined}
        needed={needed.state === 'ready' && needed.value}
      />
      <main class="backpack-main" id="main" ref={main} tabIndex={-1} aria-busy={cards.state === 'loading'}>
        {cards.state === 'loading' && <p class="backpack-wait soft">{words.own.common.loading}</p>}
        {cards.state === 'failed' && (
          <div class="backpack-wait" role="alert">
            <h1>{words.own.backpack.failed}</h1>
            <p>{sayError(cards.error, words).remedy}</p>
          </div>
        )}
        {cards.state === 'ready' && route.place === 'badges' && (
          <BadgesPage route={route} cards={cards.value} words={words} say={setNotice} />
        )}
        {route.place === 'import' && <ImportPage imports={imports} words={words} />}
        {route.place === 'trash' && <TrashPage words={words} say={setNotice} />}
        {route.place === 'addresses' && <AddressesPage words={words} say={setNotice} />}
        {cards.state === 'ready' && route.place === 'collections' && (
          <CollectionsPage
            cards={cards.value}
            collection={route.collection}
            actions={actions}
            words={words}
            say={setNotice}
          />
        )}
        {cards.state === 'ready' && route.place === 'sharing' && (
          <SharingPage
            cards={cards.value}
            first={route.badge}
            actions={actions}
            words={words}
            say={setNotice}
          />
        )}
        {route.place === 'settings' && <SettingsPage actions={actions} words={words} say={setNotice} />}
      </main>
      <DropTarget words={words} onFiles={importFiles} />
      <Notice notice={notice} words={words} onClose={closeNotice} />
    </div>
  );
}

/** Whether syncing waits for the learner. */
async function readNeed(store: Tables): Promise<boolean> {
  const link = await store.link.get('link');
  const sync = await readRows(store).get('sync');
  const failure = sync?.failure === undefined ? {} : { failure: sync.failure.code };
  return needsLearner({ account: link !== undefined, distrust: link?.distrust !== undefined, ...failure });
}

function useRoute(): Route {
  const [route, setRoute] = useState<Route>(() => parseRoute(location.hash));
  useEffect(() => {
    const update = (): void => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', update);
    return () => removeEventListener('hashchange', update);
  }, []);
  return route;
}

function useTitle(route: Route, words: BackpackWords): void {
  const said = words.own.backpack;
  const place = {
    badges: said.title,
    import: said.import,
    trash: said.trash,
    addresses: said.addresses,
    collections: said.collections,
    sharing: said.sharing,
    settings: said.settings,
  }[route.place];
  useEffect(() => {
    document.title = place === said.title ? place : `${place} · ${said.title}`;
  }, [place, said.title]);
}

/** A reader of the screen is told of a new place by the focus moving to its heading; the first one is not moved to. */
function useFocusOnPlace(route: Route, main: { readonly current: HTMLElement | null }): void {
  const last = useRef(route.place);
  useEffect(() => {
    if (last.current === route.place) return;
    last.current = route.place;
    main.current?.focus();
    scrollTo(0, 0);
  }, [route.place, main]);
}
