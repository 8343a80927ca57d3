import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { isFocusIdle } from './use-kept-focus.ts';
import './notice.css';

/** What was just done, how to take it back, and where more of it is to be seen. */
export type NoticeText = {
  readonly text: string;
  readonly undo?: () => void;
  readonly link?: { readonly text: string; readonly address: string };
};
const shownForMs = 12_000;
export type Say = (notice: NoticeText) => void;

/** Always in the page, so that what enters it is spoken. */
export function Notice(props: {
  readonly notice: NoticeText | undefined;
  readonly words: BackpackWords;
  readonly onClose: () => void;
}): JSX.Element {
  const { notice, words, onClose } = props;
  const { undo } = notice ?? {};
  // What can be undone stays until it is closed or the reader goes elsewhere; the rest leaves by itself.
  useEffect(() => {
    if (notice === undefined || undo !== undefined) return;
    const timer = setTimeout(onClose, shownForMs);
    return () => clearTimeout(timer);
  }, [notice, undo, onClose]);
  const back = useRef<HTMLButtonElement>(null);
  // The row that was pressed may be gone before this is said.
  useEffect(() => {
    if (undo !== undefined && isFocusIdle()) back.current?.focus({ preventScroll: true });
  }, [undo]);
  return (
    <div class="notice" role="status">
      {notice !== undefined && (
        <div class="notice-box">
          <p>{notice.text}</p>
          {notice.link !== undefined && <a href={notice.link.address}>{notice.link.text}</a>}
          {undo !== undefined && (
            <button
              type="button"
              class="button notice-undo"
              ref={back}
              onClick={() => {
                props.onClose();
                undo();
              }}
            >
              {words.own.common.undo}
            </button>
          )}
          <button type="button" class="button button-plain" onClick={props.onClose}>
            {words.own.common.close}
          </button>
        </div>
      )}
    </div>
  );
}
