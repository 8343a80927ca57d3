import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import type { Say } from './notice.tsx';
import { UnlockForm } from './unlock-form.tsx';

/** Whether this browser opens the backpack without the code; off until the learner wants it. */
export function KeepUnlocked(props: {
  readonly kept: boolean;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const [asking, setAsking] = useState(false);

  const keep = async (): Promise<void> => {
    if (!(await actions.open())) return setAsking(true);
    const kept = await actions.keepUnlocked();
    setAsking(false);
    say({ text: kept.ok ? said.unlockedKept : sayErrorInFull(kept.error, words) });
  };
  const lock = async (): Promise<void> => {
    await actions.lockAgain();
    say({ text: said.unlockedLocked });
  };

  if (props.kept)
    return (
      <>
        <h3>{said.unlockedTitle}</h3>
        <p class="soft">{said.unlockedOn}</p>
        <button type="button" class="button" onClick={() => void lock()}>
          {said.unlockedLock}
        </button>
      </>
    );
  return (
    <>
      <h3>{said.unlockedTitle}</h3>
      <p class="soft">{said.unlockedOff}</p>
      {asking ? (
        <UnlockForm
          id="keep-unlocked"
          button={said.unlockedKeep}
          actions={actions}
          words={words}
          onUnlocked={keep}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <button type="button" class="button" onClick={() => void keep()}>
          {said.unlockedKeep}
        </button>
      )}
    </>
  );
}
