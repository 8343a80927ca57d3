import type { JSX } from 'preact';
import { maxCollectionTitleLength } from '../../shared/model/limits.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { TextField } from './text-field.tsx';

/** How a collection is called, or is to be. */
export function CollectionTitleField(props: {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** nothing was typed, and something has to be */
  readonly missing: boolean;
  readonly words: BackpackWords;
  readonly onTitle: (title: string) => void;
}): JSX.Element {
  return (
    <TextField
      id={props.id}
      label={props.label}
      value={props.title}
      maxLength={maxCollectionTitleLength}
      autocomplete="off"
      wrong={props.missing ? props.words.own.collections.needsName : ''}
      onValue={props.onTitle}
    />
  );
}
