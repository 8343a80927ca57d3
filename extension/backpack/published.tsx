import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayError } from '../../shared/messages/catalogue.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import type { AccountActions, PublishedState } from './account-actions.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { CopyButton } from './copy-button.tsx';
import type { Say } from './notice.tsx';
import { addressOf } from './route.ts';

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
  const unpublish = async (): Promise<void> => {
    setAsking(false);
    const ended = await actions.unpublish();
    if (ended.ok) return say({ text: said.unpublished });
    const { happened, remedy } = sayError(ended.error, words);
    say({ text: `${happened} ${remedy}` });
  };
  return (
    <>
      <section class="page-part">
        <h2>{said.livesAt}</h2>
        <p>
          <a href={published.address} target="_blank" rel="noreferrer noopener">
            {published.address}
          </a>
        </p>
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
        <h2>{words.formats.plural(published.badges.length, said.published)}</h2>
        <ul class="page-list">
          {published.badges.map((id) => {
            const card = cards.find((one) => one.id === id);
            return (
              <li key={id}>
                <a href={addressOf({ place: 'badges', badge: id })} dir="auto">
                  {plainText(card?.name ?? '', 120) || words.text.badge.unnamed}
                </a>
              </li>
            );
          })}
        </ul>
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
