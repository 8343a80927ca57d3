import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { Result } from '../../shared/model/result.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';

/** Asks the device for a passkey; what went wrong is said beside the button. */
export function PasskeyButton(props: {
  readonly button: string;
  readonly words: BackpackWords;
  readonly use: () => Promise<Result<null>>;
  readonly onDone: () => void;
  /** the button that led here was pressed already: the device is asked at once */
  readonly begun?: boolean;
  readonly onCancel?: () => void;
}): JSX.Element {
  const { words } = props;
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  const use = async (): Promise<void> => {
    if (busy) return;
    setWrong('');
    setBusy(true);
    const used = await props.use();
    setBusy(false);
    if (used.ok) return props.onDone();
    setWrong(sayErrorInFull(used.error, words));
  };
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (props.begun !== true) return;
    button.current?.focus();
    void use();
  }, []);
  return (
    <div class="page-form">
      <div class="page-row">
        <button type="button" class="button" ref={button} aria-disabled={busy} onClick={() => void use()}>
          {busy ? words.own.settings.passkeyWaiting : props.button}
        </button>
        {props.onCancel !== undefined && (
          <button type="button" class="button button-plain" onClick={props.onCancel}>
            {words.own.common.cancel}
          </button>
        )}
      </div>
      <p class="field-error" role="alert">
        {wrong}
      </p>
    </div>
  );
}
