import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { checkEn } from '../messages/check-en.ts';
import { type Subject, subjectOfText } from './subject.ts';

type Props = { readonly onSubject: (subject: Subject) => void };

/** What to check: a file, chosen or dropped, an address, or the text itself. */
export function CheckForm({ onSubject }: Props): JSX.Element {
  return (
    <div class="check-form">
      <div class="check-form-file">
        <label class="button button-main check-form-choose">
          {checkEn.choose}
          <input
            class="spoken"
            type="file"
            accept=".png,.svg,.json,.jsonld,.jws,.jwt,.txt,image/png,image/svg+xml,application/json"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) onSubject({ kind: 'file', file });
              currentTarget.value = '';
            }}
          />
        </label>
        <p class="soft small">{checkEn.drop}</p>
      </div>
      <OneLine
        id="check-address"
        label={checkEn.address}
        button={checkEn.addressButton}
        onText={(text) => onSubject(subjectOfText(text))}
      />
      <details>
        <summary>{checkEn.paste}</summary>
        <Pasting onSubject={onSubject} />
      </details>
      <DropPlace onSubject={onSubject} />
    </div>
  );
}

function OneLine(props: {
  readonly id: string;
  readonly label: string;
  readonly button: string;
  readonly onText: (text: string) => void;
}): JSX.Element {
  const [text, setText] = useState('');
  return (
    <form
      class="check-form-line"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') props.onText(text.trim());
      }}
    >
      <div class="field">
        <label class="field-label" for={props.id}>
          {props.label}
        </label>
        <input
          id={props.id}
          class="field-input"
          type="url"
          inputMode="url"
          required
          maxLength={2048}
          placeholder="https://"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="button">
        {props.button}
      </button>
    </form>
  );
}

function Pasting({ onSubject }: Props): JSX.Element {
  const [text, setText] = useState('');
  return (
    <form
      class="check-form-paste"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onSubject(subjectOfText(text.trim()));
      }}
    >
      <div class="field">
        <label class="field-label" for="check-text">
          {checkEn.paste}
        </label>
        <textarea
          id="check-text"
          class="field-input"
          rows={5}
          required
          spellcheck={false}
          aria-describedby="check-text-hint"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p class="field-hint" id="check-text-hint">
          {checkEn.pasteHint}
        </p>
      </div>
      <button type="submit" class="button">
        {checkEn.pasteButton}
      </button>
    </form>
  );
}

/** A file may be dropped anywhere on the page; the browser must never open it instead. */
function DropPlace({ onSubject }: Props): JSX.Element {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setOver(event.type === 'dragenter' || event.type === 'dragover');
      const file = event.type === 'drop' ? event.dataTransfer.files[0] : undefined;
      if (file !== undefined) onSubject({ kind: 'file', file });
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    for (const type of ['dragenter', 'dragover', 'drop'] as const) addEventListener(type, drag);
    addEventListener('dragleave', leave);
    return () => {
      for (const type of ['dragenter', 'dragover', 'drop'] as const) removeEventListener(type, drag);
      removeEventListener('dragleave', leave);
    };
  }, []);
  return (
    <p class="check-form-drop" hidden={!over}>
      {checkEn.dropHere}
    </p>
  );
}
