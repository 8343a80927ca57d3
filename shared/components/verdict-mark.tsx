import type { JSX } from 'preact';
import type { Mark } from '../views/verdict-view.ts';
import { Icon, type IconName } from './icon.tsx';
import './verdict-mark.css';

/** The shape of each mark, so that none is told by its colour alone. */
export const shapeOf: Readonly<Record<Mark, IconName>> = {
  checked: 'tick',
  expired: 'clock',
  revoked: 'stop',
  'not-valid': 'cross',
  'not-checked': 'dash',
  unreadable: 'torn',
  'as-recorded': 'circle',
};

/** Shape, word and colour of a verdict. Stands inside what opens the list of checks: a link, a summary, a tile. */
export function VerdictMark(verdict: { readonly mark: Mark; readonly word: string }): JSX.Element {
  return (
    <span class={`verdict-mark mark-${verdict.mark}`}>
      <Icon name={shapeOf[verdict.mark]} />
      <span>{verdict.word}</span>
    </span>
  );
}
