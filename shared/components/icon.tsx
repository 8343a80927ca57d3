import type { JSX } from 'preact';
import './icon.css';

/** Outlines on a grid of 20, drawn for this house. An icon never stands without a word. */
const outlines = {
  tick: 'M4.5 10.5l3.6 3.7 7.4-8.2',
  clock: 'M10 6v4.3l2.8 1.9',
  stop: 'M6.2 10h7.6',
  cross: 'M7 7l6 6M13 7l-6 6',
  dash: 'M5 10h10',
  torn: 'M5 2.8h10v8.4l-2.5 1.6-2.5-1.6-2.5 1.6L5 11.2zM5 15.2l2.5 1.6 2.5-1.6 2.5 1.6 2.5-1.6',
  circle: '',
  note: 'M10 6v5M10 13.6v.2',
  search: 'M12.4 12.4L17 17M14 8.5a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z',
  backpack:
    'M4.5 9a5.5 5.5 0 0 1 11 0v7a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 16zM7.5 4V3a2.5 2.5 0 0 1 5 0v1M7 12.5h6v5M7 12.5v5M8 8.5h4',
  people:
    'M10 8.2a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0zM2.8 16.5c.3-3 2-4.6 4.6-4.6s4.3 1.6 4.6 4.6M12.6 6a2.4 2.4 0 1 1 1.2 4.5M14.5 12.2c1.7.4 2.6 1.8 2.8 4.1',
  layers: 'M10 3l7 3.6-7 3.6-7-3.6zM3.4 10.2L10 13.6l6.6-3.4M3.4 13.6L10 17l6.6-3.4',
  up: 'M10 16V4.5M5.2 9.2L10 4.4l4.8 4.8',
  down: 'M10 4v11.5M5.2 10.8l4.8 4.8 4.8-4.8',
  grip: 'M7 5h.2M12.8 5h.2M7 10h.2M12.8 10h.2M7 15h.2M12.8 15h.2',
  trash: 'M3.5 5.5h13M8 5.5V3.6h4v1.9M5.3 5.5l.8 11.4h7.8l.8-11.4M8.4 8.7v5M11.6 8.7v5',
  share: 'M10 12.5V3M6.8 6L10 2.9 13.2 6M5 9.5v7h10v-7',
  plus: 'M10 4v12M4 10h12',
  settings: 'M3 6h8M15 6h2M11 4v4h4V4zM3 14h2M9 14h8M5 12v4h4v-4z',
  address: 'M3 5h14v10.5H3zM3.3 5.4L10 11l6.7-5.6',
  back: 'M12.5 4.5L7 10l5.5 5.5',
  list: 'M3.5 5.5h.2M7 5.5h10M3.5 10h.2M7 10h10M3.5 14.5h.2M7 14.5h10',
  grid: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z',
  key: 'M9.2 10.8a3.7 3.7 0 1 1-2.5-6.6 3.7 3.7 0 0 1 2.5 6.6zM9 10.5l7.5 6M14 14.5l1.6-1.9M11.6 12.6l1.5-1.9',
  again: 'M16 10a6 6 0 1 1-1.9-4.4M16.4 2.8v3.4H13',
  page: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM3 10h14M10 2.8c4 4.4 4 10 0 14.4M10 2.8c-4 4.4-4 10 0 14.4',
  text: 'M5 2.8h10v14.4H5zM7.6 6.8h4.8M7.6 10h4.8M7.6 13.2h3',
  picture: 'M3 4h14v12H3zM3.4 14.6l4-4.2 3 3 2.2-2 4 3.6M12.6 7.4h.2',
  pdf: 'M5 2.8h7l3 3v11.4H5zM12 2.8v3h3M7.6 9.4h4.8M7.6 12h4.8M7.6 14.6h3',
  code: 'M7 6l-4 4 4 4M13 6l4 4-4 4M11.4 4.4L8.6 15.6',
  video: 'M3 4.5h14v11H3zM8.4 7.6v4.8l4-2.4z',
  save: 'M10 3v9.5M6.8 9.4L10 12.5l3.2-3.1M4 13v3.5h12V13',
} as const;

export type IconName = keyof typeof outlines;

/** Marks that stand in a ring, so that shape alone tells them apart. */
const ringed: ReadonlySet<IconName> = new Set(['clock', 'stop', 'cross', 'circle', 'note']);

/** Those that point along the line, or show lines: they turn where lines run from right to left. */
const turned: ReadonlySet<IconName> = new Set(['back', 'list', 'text', 'pdf']);

/** One outline, hidden from readers of the screen: the word beside it speaks. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={turned.has(name) ? 'icon icon-turned' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      <Outline name={name} />
    </svg>
  );
}

/** What is drawn of it, for a picture of several. */
export function Outline({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <>
      {ringed.has(name) && <circle cx="10" cy="10" r="7.2" />}
      {outlines[name] !== '' && <path d={outlines[name]} />}
    </>
  );
}
