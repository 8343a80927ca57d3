import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { UnlockForm } from './unlock-form.tsx';

/** Goes on at once where this browser opens the backpack by itself; asks for the recovery code where it does not. */
export function UnlockFirst(props: {
  readonly id: string;
  /** why it is asked, where it is not that others could read the backpack */
  readonly why?: string;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly onUnlocked: () => void;
  readonly onCancel: () => void;
}): JSX.Element | null {
  const { actions, words, onUnlocked } = props;
  const said = words.own.settings;
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    void actions.open().then((open) => (open ? onUnlocked() : setAsking(true)));
  }, []);
  if (!asking) return null;
  return (
    <div class="page-form">
      <p>{props.why ?? said.unlockFirst}</p>
      <UnlockForm
        id={props.id}
        button={said.unlockAndGo}
        actions={actions}
        words={words}
        onUnlocked={onUnlocked}
        onCancel={props.onCancel}
      />
    </div>
  );
}
