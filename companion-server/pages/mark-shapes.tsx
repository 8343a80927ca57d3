import { createHash } from 'node:crypto';
import { renderToString } from 'preact-render-to-string';
import { Outline } from '../../shared/components/icon.tsx';
import { shapeOf } from '../../shared/components/verdict-mark.tsx';
import type { Mark } from '../../shared/views/verdict-view.ts';

const marks = Object.keys(shapeOf) as Mark[];
const size = 20;

const text = renderToString(
  <svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox={`0 0 ${size} ${size * marks.length}`}
    aria-hidden="true"
    fill="none"
    stroke="#000"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    {marks.map((mark, index) => (
      <g key={mark} transform={`translate(0 ${size * index})`}>
        <Outline name={shapeOf[mark]} />
      </g>
    ))}
  </svg>,
);
const fileName = `${createHash('sha256').update(text).digest('base64url').slice(0, 22)}.svg`;

/**
 * The shapes of all marks below one another, under an address made of their content: tiles show theirs through it, so
 * that a page of many does not carry the same outline with each.
 */
export const markShapes = {
  fileName,
  asset: { mediaType: 'image/svg+xml', plain: text },
  /** the mask of each mark, for the pages' style sheet */
  css: [
    '@layer components {',
    `  .badge-grid [class^="mark-"]::before { mask: url("/assets/${fileName}") 0 0 / 100% auto; }`,
    ...marks.map(
      (mark, index) =>
        `  .badge-grid .mark-${mark}::before { mask-position: 0 ${(100 * index) / (marks.length - 1)}%; }`,
    ),
    '}',
  ].join('\n'),
} as const;
