import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readRemoved } from '../store/badges.ts';
import type { CardRow } from '../store/database.ts';
import { badgesIn, singleBadges } from '../store/shown-collections.ts';
import type { AccountActions, PublishedState } from './account-actions.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { CopyButton } from './copy-button.tsx';
import type { Say } from './notice.tsx';
import { readPlanned, textOf } from './own-collections.ts';
import { PageLink } from './page-link.tsx';
import { PublishedCollection, Rows } from './published-collection.tsx';
import { publishedRows } from './published-view.ts';
import { useLive } from './use-live.ts';

/** What is shown to everybody now, where, and how to stop it. */
export function Published(props: {
  readonly published: PublishedState;
  readonly cards: readonly CardRow[];
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
  readonly onChange: () => void;
}): JSX.Element {
  const { published, cards, actions, words, say } = props;
  const said = words.own.sharing;
  const [asking, setAsking] = useState(false);
  const removed = useLive(readRemoved, []);
  const trash = removed.state === 'ready' ? removed.value : [];
  const single = singleBadges(published.badges, published.collections);
  const rowsOf = (badges: readonly CardRow['id'][]) => publishedRows(badges, cards, trash, words);
  const all = badgesIn(published.badges, published.collections);
  const planned = useLive(readPlanned, []);
  const hasChanged = planned.state === 'ready' && textOf(planned.value) !== textOf(published.collections);
  const unpublish = async (): Promise<void> => {
    setAsking(false);
    const ended = await actions.unpublish();
    if (ended.ok) return say({ text: said.unpublished });
    say({ text: sayErrorInFull(ended.error, words) });
  };
  return (
    <>
      <section class="page-part">
        <h2>{said.livesAt}</h2>
        <PageLink address={published.address} />
        <p class="soft">{published.search ? said.searchOn : said.searchOff}</p>
        {published.missing !== undefined && (
          <p class="soft">
            {fill(said.missing, { date: words.formats.date(published.missing) }, words.formats)}
          </p>
        )}
        {published.takenDown !== undefined && (
          <p class="page-alert">
            {fill(said.takenDown, { date: words.formats.date(published.takenDown) }, words.formats)}
          </p>
        )}
        <div class="page-row">
          <CopyButton text={published.address} label={said.copyLink} words={words} />
          <button type="button" class="button" onClick={props.onChange}>
            {said.change}
          </button>
          <button type="button" class="button button-danger" onClick={() => setAsking(true)}>
            {said.unpublish}
          </button>
        </div>
      </section>
      <section class="page-part">
        <h2>{words.formats.plural(all.length, said.published)}</h2>
        {hasChanged && <p class="page-alert">{words.own.collections.sharing.changed}</p>}
        {published.collections.map((one) => (
          <PublishedCollection key={one.id} shown={one} rows={rowsOf(one.badges)} words={words} />
        ))}
        {single.length > 0 && published.collections.length > 0 && (
          <h3>{words.own.collections.sharing.single}</h3>
        )}
        {single.length > 0 && <Rows rows={rowsOf(single)} />}
        {rowsOf(all).some(({ open }) => open === undefined) && (
          <p class="soft small">{said.publishedGoneHow}</p>
        )}
      </section>
      {asking && (
        <ConfirmDialog
          title={said.unpublishAsk}
          text={said.unpublishWhat}
          yes={said.unpublishYes}
          words={words}
          onYes={() => void unpublish()}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  );
}
