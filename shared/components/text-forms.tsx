import type { JSX, TargetedSubmitEvent } from 'preact';

type Props = {
  readonly id: string;
  readonly label: string;
  readonly button: string;
  /** what was typed or pasted, without the space around it; never empty */
  readonly onText: (text: string) => void;
};

/** Asks for one web address. */
export function AddressForm({ id, label, button, onText }: Props): JSX.Element {
  return (
    <form class="page-row" onSubmit={handingOn(onText)}>
      <div class="field">
        <label class="field-label" for={id}>
          {label}
        </label>
        <input
          id={id}
          name={fieldName}
          class="field-input"
          type="url"
          inputMode="url"
          required
          maxLength={2048}
          placeholder="https://"
          onChange={(event) => {
            event.currentTarget.value = withScheme(event.currentTarget.value);
          }}
        />
      </div>
      <button type="submit" class="button">
        {button}
      </button>
    </form>
  );
}

/** Asks for a longer text, as it is pasted. */
export function TextForm({
  id,
  label,
  hint,
  button,
  onText,
}: Props & { readonly hint: string }): JSX.Element {
  return (
    <form class="page-form" onSubmit={handingOn(onText)}>
      <div class="field">
        <label class="field-label" for={id}>
          {label}
        </label>
        <textarea
          id={id}
          name={fieldName}
          class="field-input field-pasted"
          rows={3}
          required
          spellcheck={false}
          aria-describedby={`${id}-hint`}
        />
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      </div>
      <button type="submit" class="button">
        {button}
      </button>
    </form>
  );
}

const fieldName = 'text';

/** Addresses are often copied without their beginning, as address bars show them. */
function withScheme(text: string): string {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/?#]|$)/i.test(text.trim()) ? `https://${text.trim()}` : text;
}

/** The form keeps what was typed; handed on, it is empty again. */
function handingOn(onText: Props['onText']) {
  return (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const field = form.elements.namedItem(fieldName) as HTMLInputElement | HTMLTextAreaElement;
    const text = field.value.trim();
    if (text === '') return;
    form.reset();
    onText(text);
  };
}
