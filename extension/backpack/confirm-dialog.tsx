import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { BackpackWords } from '../messages/backpack-words.ts';
import './confirm-dialog.css';

/** Asked only before what cannot be undone. The browser keeps the focus inside and gives it back. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly words: BackpackWords;
  readonly onYes: () => void;
  readonly onNo: () => void;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="confirm-dialog" ref={dialog} aria-labelledby="confirm-title" onClose={props.onNo}>
      <h2 id="confirm-title">{props.title}</h2>
      <p>{props.text}</p>
      <div class="page-row">
        <button type="button" class="button button-danger" onClick={props.onYes}>
          {props.yes}
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {props.words.own.common.cancel}
        </button>
      </div>
    </dialog>
  );
}
