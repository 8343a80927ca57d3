import type { JSX } from 'preact';
import { encode } from 'uqr';
import './qr-code.css';

/**
 * A text as a picture for a camera, drawn as one line that is as thick as a square; the quiet edge that readers need is
 * part of it. `label`: what it is for.
 */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={data.map(lineOf).join('')} />
    </svg>
  );
}

/** The dark squares of one row: a move to each run of them, and a stroke along it. */
function lineOf(row: readonly boolean[], y: number): string {
  const starts = row.flatMap((dark, x) => (dark && row[x - 1] !== true ? [x] : []));
  let at = 0;
  return starts
    .map((x, index) => {
      const end = row.indexOf(false, x);
      const length = (end < 0 ? row.length : end) - x;
      const move = index === 0 ? `M${x} ${y}.5` : `m${x - at} 0`;
      at = x + length;
      return `${move}h${length}`;
    })
    .join('');
}
