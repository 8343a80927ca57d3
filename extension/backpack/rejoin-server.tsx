import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, SyncState } from './account-actions.ts';
import type { Say } from './notice.tsx';
import { UnlockFirst } from './unlock-first.tsx';

/** Why syncing has stopped, and the way back to a server that was restored from a backup. */
export function RejoinServer(props: {
  readonly distrust: NonNullable<SyncState['distrust']>;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { distrust, actions, words, say } = props;
  const said = words.own.settings;
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState('');

  const rejoin = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setWrong('');
    const rejoined = await actions.rejoin();
    setBusy(false);
    if (rejoined.ok) return say({ text: said.rejoinDone });
    if (rejoined.error.code === 'locked') return setAsking(true);
    setWrong(sayErrorInFull(rejoined.error, words));
  };
  return (
    <div class="page-alert page-alert-danger">
      <p>
        {distrust.lost === undefined ? said.syncDistrust : words.formats.plural(distrust.lost, said.syncLost)}
      </p>
      <p class="soft small">{asking ? said.rejoinLocked : said.rejoinWhen}</p>
      {asking ? (
        <UnlockFirst
          id="rejoin"
          actions={actions}
          words={words}
          onUnlocked={() => {
            setAsking(false);
            void rejoin();
          }}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <>
          <button type="button" class="button" aria-disabled={busy} onClick={() => void rejoin()}>
            {busy ? words.own.common.working : said.rejoin}
          </button>
          <p class="field-error" role="alert">
            {wrong}
          </p>
        </>
      )}
    </div>
  );
}
