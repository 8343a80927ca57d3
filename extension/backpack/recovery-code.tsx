import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import type { Result } from '../../shared/model/result.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, NewCode } from './account-actions.ts';
import { CopyButton } from './copy-button.tsx';
import './recovery-code.css';

/** Makes the first code, and with it the account. */
export function RecoveryCode(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly enabled: boolean;
}): JSX.Element {
  const { actions, words } = props;
  const said = words.own.settings;
  const [making, setMaking] = useState(false);
  if (!props.enabled) return <p class="soft">{said.needsServer}</p>;
  return making ? (
    <NewRecoveryCode actions={actions} words={words} onCode={actions.createAccount} />
  ) : (
    <button type="button" class="button button-main" onClick={() => setMaking(true)}>
      {said.recoveryMake}
    </button>
  );
}

/**
 * Shows a fresh code once, and has two of its groups typed back before anything is done with it: nobody can send it
 * again, and nothing is uploaded under a code that its owner cannot read.
 */
export function NewRecoveryCode(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly onCode: (code: string) => Promise<Result<null>>;
}): JSX.Element {
  const { actions, words, onCode } = props;
  const [made] = useState<NewCode>(() => actions.newRecoveryCode());
  const [written, setWritten] = useState(false);
  return written ? (
    <TypeBack made={made} actions={actions} words={words} onCode={onCode} onAgain={() => setWritten(false)} />
  ) : (
    <Shown code={made.code} words={words} onWritten={() => setWritten(true)} />
  );
}

function Shown(props: {
  readonly code: string;
  readonly words: BackpackWords;
  readonly onWritten: () => void;
}): JSX.Element {
  const said = props.words.own.settings;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="recovery-code" ref={box} tabIndex={-1}>
      <p>{said.recoveryShow}</p>
      <p class="recovery-code-groups" dir="ltr" translate={false}>
        {props.code.split('-').map((group, index) => (
          <code key={index}>{group}</code>
        ))}
      </p>
      <div class="page-row recovery-code-buttons">
        <button type="button" class="button" onClick={() => print()}>
          {said.recoveryPrint}
        </button>
        <CopyButton text={props.code} label={said.recoveryCopy} words={props.words} />
        <button type="button" class="button button-main" onClick={props.onWritten}>
          {said.recoveryWritten}
        </button>
      </div>
    </div>
  );
}

function TypeBack(props: {
  readonly made: NewCode;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly onCode: (code: string) => Promise<Result<null>>;
  readonly onAgain: () => void;
}): JSX.Element {
  const { made, actions, words } = props;
  const said = words.own.settings;
  const [typed, setTyped] = useState<readonly [string, string]>(['', '']);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const confirm = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (!actions.isTypedBack(made, typed)) return setWrong(said.recoveryWrong);
    setBusy(true);
    const created = await props.onCode(made.code);
    setBusy(false);
    if (created.ok) return;
    setWrong(sayErrorInFull(created.error, words));
  };

  return (
    <form class="page-form" ref={form} noValidate onSubmit={(event) => void confirm(event)}>
      <h3>{said.recoveryTypeTitle}</h3>
      <p class="page-lead">{said.recoveryTypeHow}</p>
      <div class="page-row">
        {made.groups.map((group, index) => (
          <div key={group} class="field recovery-code-group">
            <label class="field-label" for={`recovery-group-${group}`}>
              {fill(said.recoveryGroup, { number: group }, words.formats)}
            </label>
            <input
              id={`recovery-group-${group}`}
              class="field-input recovery-code-input"
              type="text"
              dir="ltr"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={8}
              value={typed[index] ?? ''}
              aria-invalid={wrong !== ''}
              aria-describedby="recovery-wrong"
              onInput={(event) => {
                const text = event.currentTarget.value;
                setTyped(index === 0 ? [text, typed[1]] : [typed[0], text]);
                setWrong('');
              }}
            />
          </div>
        ))}
      </div>
      <p class="field-error" id="recovery-wrong" role="alert">
        {wrong}
      </p>
      <div class="page-row">
        <button type="submit" class="button button-main" aria-disabled={busy}>
          {busy ? words.own.common.working : said.recoveryConfirm}
        </button>
        <button type="button" class="button" onClick={props.onAgain}>
          {said.recoveryAgain}
        </button>
      </div>
    </form>
  );
}
