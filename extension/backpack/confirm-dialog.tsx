import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BackpackWords } from '../messages/backpack-words.ts';
import './confirm-dialog.css';

/**
 * Asked only before what cannot be undone, so that a second press of Enter does nothing. The browser keeps the focus
 * inside and gives it back.
 */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly text: string;
  /** what has to be ticked before, where even more would be lost by a hasty press */
  readonly agree?: string;
  readonly yes: string;
  readonly words: BackpackWords;
  readonly onYes: () => void;
  readonly onNo: () => void;
}): JSX.Element {
  const { agree } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [agreed, setAgreed] = useState(agree === undefined);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    no.current?.focus();
  }, []);
  return (
    <dialog class="confirm-dialog" ref={dialog} aria-labelledby="confirm-title" onClose={props.onNo}>
      <h2 id="confirm-title">{props.title}</h2>
      <p>{props.text}</p>
      {agree !== undefined && (
        <label class="confirm-dialog-agree">
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />{' '}
          {agree}
        </label>
      )}
      <div class="page-row">
        <button
          type="button"
          class="button button-danger"
          aria-disabled={!agreed}
          onClick={() => agreed && props.onYes()}
        >
          {props.yes}
        </button>
        <button type="button" class="button" ref={no} onClick={() => dialog.current?.close()}>
          {props.words.own.common.cancel}
        </button>
      </div>
    </dialog>
  );
}
