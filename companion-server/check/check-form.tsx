import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { AddressForm, TextForm } from '../../shared/components/text-forms.tsx';
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
      <AddressForm
        id="check-address"
        label={checkEn.address}
        button={checkEn.addressButton}
        onText={(text) => onSubject(subjectOfText(text))}
      />
      <details>
        <summary>{checkEn.paste}</summary>
        <TextForm
          id="check-text"
          label={checkEn.paste}
          hint={checkEn.pasteHint}
          button={checkEn.pasteButton}
          onText={(text) => onSubject(subjectOfText(text))}
        />
      </details>
      <DropPlace onSubject={onSubject} />
    </div>
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
