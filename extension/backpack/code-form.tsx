import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { BackpackWords } from '../messages/backpack-words.ts';

/** One field for a recovery code. What is wrong with it the caller says. */
export function CodeForm(props: {
  readonly id: string;
  readonly button: string;
  readonly wrong: string;
  readonly words: BackpackWords;
  readonly onCode: (code: string) => Promise<void>;
}): JSX.Element {
  const { id, words } = props;
  const said = words.own.settings;
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    await props.onCode(code);
    setBusy(false);
  };
  return (
    <form class="page-form" noValidate onSubmit={(event) => void submit(event)}>
      <div class="field">
        <label class="field-label" for={`${id}-code`}>
          {said.joinCode}
        </label>
        <input
          id={`${id}-code`}
          class="field-input recovery-code-input"
          type="text"
          dir="ltr"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={80}
          value={code}
          aria-invalid={props.wrong !== ''}
          aria-describedby={`${id}-hint ${id}-wrong`}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <p class="field-hint" id={`${id}-hint`}>
          {said.joinHint}
        </p>
        <p class="field-error" id={`${id}-wrong`} role="alert">
          {props.wrong}
        </p>
      </div>
      <button type="submit" class="button button-main" aria-disabled={busy}>
        {busy ? words.own.common.working : props.button}
      </button>
    </form>
  );
}
