import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DropTarget, followDrops } from '../../shared/components/drop-target.tsx';
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

/** A file dropped anywhere on the page is checked, the first where there are several. */
function DropPlace({ onSubject }: Props): JSX.Element {
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      followDrops(window, setOver, ([file]) => {
        if (file !== undefined) onSubject({ kind: 'file', file });
      }),
    [],
  );
  return <DropTarget over={over} text={checkEn.dropHere} />;
}
