import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import type { AccountActions, AccountState } from './account-actions.ts';
import { isLeftOut } from './left-out.ts';
import type { Say } from './notice.tsx';
import { PageLink } from './page-link.tsx';
import { Published } from './published.tsx';
import { RecoveryCode } from './recovery-code.tsx';
import { ShareSteps } from './share-steps.tsx';
import { useLive } from './use-live.ts';

/** Sharing: what is shown now, or the way there. A server and a recovery code are asked for here, not before. */
export function SharingPage(props: {
  readonly cards: readonly CardRow[];
  /** the badge that the learner came from, chosen already */
  readonly first: CardRow['id'] | undefined;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words } = props;
  const live = useLive(actions.readState, [actions]);
  return (
    <div class="page">
      <h1>{words.own.sharing.title}</h1>
      {live.state === 'ready' && <Sharing {...props} state={live.value} />}
    </div>
  );
}

function Sharing(props: Parameters<typeof SharingPage>[0] & { readonly state: AccountState }): JSX.Element {
  const { state, cards, actions, words, say, first } = props;
  const said = words.own.sharing;
  const [changing, setChanging] = useState(first !== undefined);
  const shareable = cards.filter((card) => card.kind === 'badge');
  const { published } = state;
  // Published or changed elsewhere meanwhile: what is shown now comes first again.
  useEffect(() => setChanging(first !== undefined), [first]);

  if (state.server === undefined)
    return (
      <div class="page-alert">
        <p>{said.needsServer}</p>
        <p>
          <a href="#/settings">{words.own.settings.title}</a>
        </p>
      </div>
    );
  if (isLeftOut(state.sync)) return <LeftOut state={state} words={words} />;
  if (published !== undefined && !changing)
    return (
      <Published
        published={published}
        cards={cards}
        actions={actions}
        words={words}
        say={say}
        onChange={() => setChanging(true)}
      />
    );
  if (shareable.length === 0) return <p class="page-empty">{said.nothingToShare}</p>;
  if (state.account === undefined)
    return (
      <section class="page-part">
        <p class="page-lead">{said.how}</p>
        <h2>{words.own.settings.recoveryTitle}</h2>
        <p>{said.needsAccount}</p>
        <RecoveryCode actions={actions} words={words} enabled />
      </section>
    );
  return (
    <ShareSteps
      server={state.server}
      published={published}
      cards={shareable}
      first={first}
      actions={actions}
      words={words}
      // What is being sent counts as published already, but the steps stay until it is, or say why it is not.
      onBegin={() => setChanging(true)}
      onDone={(text) => {
        setChanging(false);
        location.hash = '#/sharing';
        say({ text });
      }}
    />
  );
}

/** What is shown can be changed from the learner's other browsers alone: where it is, and why nothing is offered here. */
function LeftOut(props: { readonly state: AccountState; readonly words: BackpackWords }): JSX.Element {
  const { state, words } = props;
  const { failure } = state.sync;
  const isRemoved = failure?.code === 'revoked';
  return (
    <>
      <div class="page-alert">
        <p>{isRemoved ? sayErrorInFull(failure, words) : words.own.settings.serverForgot}</p>
        <p>
          <a href="#/settings">{words.own.settings.title}</a>
        </p>
      </div>
      {state.published !== undefined && isRemoved && (
        <section class="page-part">
          <h2>{words.own.sharing.livesAt}</h2>
          <PageLink address={state.published.address} />
        </section>
      )}
    </>
  );
}
