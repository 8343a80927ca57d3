import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayError } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { CodeForm } from './code-form.tsx';
import type { Say } from './notice.tsx';

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
  const [wrong, setWrong] = useState('');

  const keep = async (): Promise<void> => {
    if (!(await actions.open())) return setAsking(true);
    const kept = await actions.keepUnlocked();
    setAsking(false);
    say({ text: kept.ok ? said.unlockedKept : sayError(kept.error, words).happened });
  };
  const unlock = async (code: string): Promise<void> => {
    const unlocked = await actions.unlock(code);
    if (unlocked.ok) return keep();
    const { happened, remedy } = sayError(unlocked.error, words);
    setWrong(`${happened} ${remedy}`);
  };
  const lock = async (): Promise<void> => {
    await actions.lockAgain();
    say({ text: said.unlockedLocked });
  };

  if (props.kept)
    return (
      <>
        <p class="soft">{said.unlockedOn}</p>
        <button type="button" class="button" onClick={() => void lock()}>
          {said.unlockedLock}
        </button>
      </>
    );
  return asking ? (
    <CodeForm id="keep-unlocked" button={said.unlockedKeep} wrong={wrong} words={words} onCode={unlock} />
  ) : (
    <>
      <p class="soft">{said.unlockedOff}</p>
      <button type="button" class="button" onClick={() => void keep()}>
        {said.unlockedKeep}
      </button>
    </>
  );
}
