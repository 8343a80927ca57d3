import type { JSX } from 'preact';

/** A line of text with its label, in the writing direction of what is typed. */
export function TextField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly autocomplete: 'name' | 'off';
  readonly hint?: string;
  /** what is wrong with it, '' for nothing; absent where nothing can be */
  readonly wrong?: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { id, hint, wrong } = props;
  const describedBy = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
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
        autocomplete={props.autocomplete}
        maxLength={props.maxLength}
        value={props.value}
        aria-invalid={wrong === undefined ? undefined : wrong !== ''}
        aria-describedby={describedBy || undefined}
        onInput={(event) => props.onValue(event.currentTarget.value)}
      />
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong !== undefined && (
        <p class="field-error" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
