import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sayError } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { CodeForm } from './code-form.tsx';

/** Goes on at once where this browser opens the backpack by itself; asks for the recovery code where it does not. */
export function UnlockFirst(props: {
  readonly id: string;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly onUnlocked: () => void;
  readonly onCancel: () => void;
}): JSX.Element | null {
  const { actions, words, onUnlocked } = props;
  const said = words.own.settings;
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState('');
  useEffect(() => {
    void actions.open().then((open) => (open ? onUnlocked() : setAsking(true)));
  }, []);
  const unlock = async (code: string): Promise<void> => {
    setWrong('');
    const unlocked = await actions.unlock(code);
    if (unlocked.ok) return onUnlocked();
    const { happened, remedy } = sayError(unlocked.error, words);
    setWrong(`${happened} ${remedy}`);
  };
  if (!asking) return null;
  return (
    <div class="page-form">
      <p>{said.unlockFirst}</p>
      <CodeForm id={props.id} button={said.unlockAndGo} wrong={wrong} words={words} onCode={unlock} />
      <button type="button" class="button button-plain" onClick={props.onCancel}>
        {words.own.common.cancel}
      </button>
    </div>
  );
}
