import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { CodeForm } from './code-form.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { useLive } from './use-live.ts';

/**
 * Opens the root in this page: by the recovery code, or by a passkey where the backpack has one. What was pressed to come
 * here is gone, so the focus comes along.
 */
export function UnlockForm(props: {
  readonly id: string;
  readonly button: string;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly onUnlocked: () => void | Promise<void>;
  readonly onCancel: () => void;
}): JSX.Element {
  const { actions, words } = props;
  const [wrong, setWrong] = useState('');
  const live = useLive(actions.readState, [actions]);
  const unlock = async (code: string): Promise<void> => {
    setWrong('');
    const unlocked = await actions.unlock(code);
    if (unlocked.ok) return props.onUnlocked();
    setWrong(sayErrorInFull(unlocked.error, words));
  };
  const hasPasskey =
    live.state === 'ready' &&
    live.value.passkeys &&
    live.value.account?.unlockers.some(({ kind }) => kind === 'passkey');
  const form = useRef<HTMLDivElement>(null);
  const isReady = live.state === 'ready';
  useEffect(() => {
    if (isReady) form.current?.querySelector<HTMLElement>('button, input')?.focus();
  }, [isReady]);
  return (
    <div class="page-form" ref={form}>
      {hasPasskey && (
        <PasskeyButton
          button={words.own.settings.passkeyUse}
          words={words}
          use={actions.unlockByPasskey}
          onDone={() => void props.onUnlocked()}
        />
      )}
      <CodeForm id={props.id} button={props.button} wrong={wrong} words={words} onCode={unlock} />
      <button type="button" class="button button-plain" onClick={props.onCancel}>
        {words.own.common.cancel}
      </button>
    </div>
  );
}
