import type { JSX } from 'preact';
import { encode } from 'uqr';
import './qr-code.css';

/** in squares; cameras look for it */
const quietEdge = 4;

/**
 * A text as a picture for a camera, drawn as one line that is as thick as a square; the quiet edge that readers need is
 * part of it. `label`: what it is for.
 */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  const [across, start] = [size + 2 * quietEdge, -quietEdge];
  return (
    <svg
      class="qr-code"
      viewBox={`${start} ${start - 0.5} ${across} ${across}`}
      role="img"
      aria-label={label}
    >
      <path d={`M0 0${data.map(lineOf).join('')}`} />
    </svg>
  );
}

/** One row: a stroke along each run of dark squares, a move over each run of light ones, and back to the next row. */
function lineOf(row: readonly boolean[]): string {
  const runs = row.map((dark) => (dark ? 'h' : 'm')).join('');
  const line = runs.replace(/h+|m+/g, (run) => (run.startsWith('h') ? `h${run.length}` : `m${run.length} 0`));
  return `${line}m-${row.length} 1`;
}
