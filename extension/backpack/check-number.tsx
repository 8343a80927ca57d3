import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isFocusIdle } from './use-kept-focus.ts';
import './check-number.css';

/** Six digits in two groups, as two people read them to each other. It comes by itself, so it is told by the focus. */
export function CheckNumber({ number }: { readonly number: string }): JSX.Element {
  const shown = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (isFocusIdle()) shown.current?.focus({ preventScroll: true });
  }, []);
  return (
    <p class="check-number" ref={shown} tabIndex={-1} dir="ltr" translate={false}>
      {number.slice(0, 3)} {number.slice(3)}
    </p>
  );
}
