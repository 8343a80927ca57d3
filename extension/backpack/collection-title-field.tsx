import type { JSX } from 'preact';
import { maxCollectionTitleLength } from '../../shared/model/limits.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';

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
  const { id, missing } = props;
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <input
        id={id}
        class="field-input"
        type="text"
        dir="auto"
        autocomplete="off"
        maxLength={maxCollectionTitleLength}
        value={props.title}
        aria-invalid={missing}
        aria-describedby={missing ? `${id}-wrong` : undefined}
        onInput={(event) => props.onTitle(event.currentTarget.value)}
      />
      <p class="field-error" id={`${id}-wrong`} role="alert">
        {missing ? props.words.own.collections.needsName : ''}
      </p>
    </div>
  );
}
