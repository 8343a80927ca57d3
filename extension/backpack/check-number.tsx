import type { JSX } from 'preact';
import './check-number.css';

/** Six digits in two groups, as two people read them to each other. */
export function CheckNumber({ number }: { readonly number: string }): JSX.Element {
  return (
    <p class="check-number" dir="ltr" translate={false}>
      {number.slice(0, 3)} {number.slice(3)}
    </p>
  );
}
